/* misconfiguration.c -- which rule an illegal EPT entry breaks */
#include "ept/misconfiguration.h"
#include "kernel/print.h"

/* Bits that must be 0 in an entry of this kind, apart from an address beyond the physical width. */
static u64 reserved_bits(u64 entry, enum ept_level level, const struct ept_rules *rules)
{
	bool large_allowed = (level == EPT_PD && rules->pages_2m) ||
			     (level == EPT_PDPT && rules->pages_1g);

	if (level == EPT_PT)
		return 0;
	if (level >= EPT_PML4)
		return BITS(7, 3);
	if (!(entry & EPT_LARGE))
		return BITS(6, 3);
	if (!large_allowed)
		return EPT_LARGE;
	return BITS(3 + 9 * level - 1, 12);     /* below the large page's frame */
}

static unsigned lowest_bit(u64 bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

/* Which bits are reserved depends on whether the entry maps a large page, so the text says so. */
static void reserved_text(char *rule, size_t size, u64 reserved, u64 entry, enum ept_level level)
{
	bool large = level <= EPT_PDPT && entry & EPT_LARGE;

	if (large && reserved == EPT_LARGE)
		print_into(rule, size, "a %s page, not supported here", ept_level_size_name(level));
	else
		print_into(rule, size, "reserved bit %u of a %s %s", lowest_bit(reserved),
			   large ? ept_level_size_name(level) : ept_level_name(level),
			   large ? "page" : "entry");
}

static bool is_reserved_type(unsigned type)
{
	return type == 2 || type == 3 || type == 7;
}

bool ept_misconfigured(u64 entry, enum ept_level level, const struct ept_rules *rules,
		       char *rule, size_t size)
{
	u64 beyond   = entry & EPT_ADDRESS & ~(BIT(rules->physical_width) - 1);
	u64 reserved = entry & reserved_bits(entry, level, rules);
	unsigned type = entry >> 3 & 7;

	if ((entry & RW) == W)
		print_into(rule, size, "write without read");
	else if (!(entry & RW) && !rules->execute_only)
		print_into(rule, size, "execute-only, not supported here");
	else if (beyond)
		print_into(rule, size, "address bit %u, beyond the physical width of %u",
			   lowest_bit(beyond), rules->physical_width);
	else if (reserved)
		reserved_text(rule, size, reserved, entry, level);
	else if (ept_is_leaf(entry, level) && is_reserved_type(type))
		print_into(rule, size, "reserved memory type %u", type);
	else
		return false;
	return true;
}
