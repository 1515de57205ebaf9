/* mapping.c -- ranges of guest-physical memory: mapped, changed, split, merged, unmapped */
#include "ept/mapping.h"
#include "kernel/memory.h"

#define ENTRIES    512
#define AD_FLAGS   ((u64)EPT_ACCESSED | EPT_DIRTY)
#define ATTRIBUTES (EPT_PERMISSIONS | EPT_MEMORY_TYPE | EPT_IGNORE_PAT | EPT_USER_EXECUTE |        \
		    EPT_SUPPRESS_VE)

static u64 attribute_bits(const struct ept_attributes *attributes)
{
	return attributes->allowed | (u64)attributes->memory_type << 3 |
	       (attributes->ignore_pat ? EPT_IGNORE_PAT : 0) |
	       (attributes->user_execute ? EPT_USER_EXECUTE : 0) |
	       (attributes->suppress_ve ? EPT_SUPPRESS_VE : 0);
}

static u64 large_bit(enum ept_level level)
{
	return level == EPT_PT ? 0 : EPT_LARGE;
}

static enum ept_result range_check(const struct ept *ept, struct gpa_range range)
{
	u64 limit = ept_level_size(ept->top + 1);

	if (range.start.raw % PAGE_SIZE || range.size % PAGE_SIZE)
		return EPT_MISALIGNED;
	if (range.start.raw >= limit || range.size > limit - range.start.raw)
		return EPT_TOO_WIDE;
	return EPT_DONE;
}

static void split(u64 *entry, enum ept_level level)
{
	u64 *table = page_alloc();
	u64 leaf = *entry & ~large_bit(level), step = ept_level_size(level - 1);

	for (unsigned i = 0; i < ENTRIES; i++)
		table[i] = (leaf + i * step) | large_bit(level - 1);
	*entry = ept_branch(table);
}

/* The entry that translates the address at the level; larger pages in its way are split. */
static u64 *entry_at(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *entry;

	while (!(entry = ept_make(ept, address, level))) {
		enum ept_level large_level;
		u64 *large = ept_last(ept, address, &large_level);

		split(large, large_level);
	}
	return entry;
}

/* The level of the largest page that may start at both addresses and is not larger than what is
 * left. */
static enum ept_level level_for(u64 start, u64 memory, u64 size, enum ept_level largest)
{
	for (enum ept_level level = largest; level > EPT_PT; level--) {
		u64 page = ept_level_size(level);

		if ((start | memory) % page == 0 && size >= page)
			return level;
	}
	return EPT_PT;
}

enum ept_result ept_map(const struct ept *ept, struct gpa_range range, hpa_t memory,
			enum ept_level largest, const struct ept_attributes *attributes)
{
	enum ept_result result = range_check(ept, range);
	u64 bits = attribute_bits(attributes);

	if (memory.raw % PAGE_SIZE)
		return EPT_MISALIGNED;
	for (u64 done = 0; result == EPT_DONE && done < range.size;) {
		u64 from = range.start.raw + done, to = memory.raw + done;
		enum ept_level level = level_for(from, to, range.size - done, largest);

		*entry_at(ept, gpa(from), level) = to | bits | large_bit(level);
		done += ept_level_size(level);
	}
	return result;
}

/* Splits pages until none reaches across the address. */
static void split_at(const struct ept *ept, gpa_t address)
{
	enum ept_level level;
	u64 *entry = ept_last(ept, address, &level);

	while (ept_is_present(*entry) && address.raw % ept_level_size(level)) {
		split(entry, level);
		entry = ept_last(ept, address, &level);
	}
}

/* Every entry that maps a page of the range becomes (entry & keep) | set; no page may reach across
 * the range's ends.  Returns the accessed and dirty flags that were set before, or-ed. */
static u64 rewrite(const struct ept *ept, struct gpa_range range, u64 keep, u64 set)
{
	u64 end = range.start.raw + range.size, flags = 0;

	for (u64 address = range.start.raw; address < end;) {
		enum ept_level level;
		u64 *entry = ept_last(ept, gpa(address), &level);

		if (ept_is_present(*entry)) {
			flags |= *entry & AD_FLAGS;
			*entry = (*entry & keep) | set;
		}
		address = (address | (ept_level_size(level) - 1)) + 1;
	}
	return flags;
}

static enum ept_result change(const struct ept *ept, struct gpa_range range, u64 keep, u64 set)
{
	enum ept_result result = range_check(ept, range);

	if (result != EPT_DONE || !range.size)
		return result;
	split_at(ept, range.start);
	split_at(ept, gpa(range.start.raw + range.size));
	rewrite(ept, range, keep, set);
	return EPT_DONE;
}

enum ept_result ept_change(const struct ept *ept, struct gpa_range range,
			   const struct ept_attributes *attributes)
{
	return change(ept, range, ~(u64)ATTRIBUTES, attribute_bits(attributes));
}

enum ept_result ept_unmap(const struct ept *ept, struct gpa_range range)
{
	return change(ept, range, 0, 0);
}

bool ept_split(const struct ept *ept, gpa_t address, enum ept_level level)
{
	enum ept_level found;
	u64 *entry = ept_last(ept, address, &found);

	if (!ept_is_present(*entry) || found != level || level == EPT_PT)
		return false;
	split(entry, level);
	return true;
}

/* The entry of the page that the table's 512 pages would be in one piece, with the accessed and
 * dirty flags of any of them; 0 if they are not the pieces of one page. */
static u64 common_leaf(const u64 *table, enum ept_level level)
{
	u64 first = table[0] & ~AD_FLAGS, step = ept_level_size(level), flags = 0;

	if (!ept_is_present(first) || !ept_is_leaf(first, level) ||
	    (first & EPT_ADDRESS) % ept_level_size(level + 1))
		return 0;
	for (unsigned i = 0; i < ENTRIES; i++) {
		if ((table[i] & ~AD_FLAGS) != first + i * step)
			return 0;
		flags |= table[i] & AD_FLAGS;
	}
	return first | flags;
}

bool ept_merge(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *entry = ept_find(ept, address, level), leaf;

	if (!entry || level == EPT_PT || level > EPT_PDPT || !ept_is_present(*entry) ||
	    ept_is_leaf(*entry, level))
		return false;
	leaf = common_leaf(ept_table_at(*entry), level - 1);
	if (leaf)
		*entry = leaf | EPT_LARGE;
	return leaf;
}

u64 ept_flags(const struct ept *ept, struct gpa_range range)
{
	return range_check(ept, range) == EPT_DONE ? rewrite(ept, range, ~0ul, 0) : 0;
}

enum ept_result ept_flags_clear(const struct ept *ept, struct gpa_range range, u64 flags)
{
	enum ept_result result = range_check(ept, range);

	if (result == EPT_DONE)
		rewrite(ept, range, ~(flags & AD_FLAGS), 0);
	return result;
}
