/* guest_entry.c -- single EPT entries of a scenario's guest, at any level */
#include "tests/player/guest_entry.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

/* Without the bits beyond the physical width, which an author may have set. */
static u64 address_of(u64 entry)
{
	return entry & BITS(vmx_capabilities.physical_width - 1, 12);
}

static bool is_large_page(u64 address, u64 entry, enum ept_level level)
{
	return level <= EPT_PDPT && entry & EPT_LARGE && address % ept_level_size(level) == 0;
}

/* An entry that leads to a table may have bit 7, illegally.  It can still be told from that of a
 * large page, as keep_table() puts such a table where no large page could start. */
static bool is_table(u64 entry, enum ept_level level)
{
	u64 address = address_of(entry);

	return level > EPT_PT && address && !is_large_page(address, entry, level);
}

u64 *guest_entry_find(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *table = ept->root;

	for (enum ept_level above = ept->top; above > level; above--) {
		u64 entry = table[ept_index(address, above)];

		if (!is_table(entry, above))
			return NULL;
		table = at_hpa(hpa(address_of(entry)));
	}
	return &table[ept_index(address, level)];
}

bool guest_entry_takes(u64 bits)
{
	u64 in_address = address_of(bits);

	if (in_address)
		skip("needs EPT entry bits %#lx beyond the physical width "
		     "(CPUID.80000008H:EAX[7:0]), which is %u here",
		     in_address, vmx_capabilities.physical_width);
	return !in_address;
}

/* Of two pages in a row at least one is not aligned as a large page. */
static void *misaligned_page(enum ept_level level)
{
	void *page = page_alloc();

	return hpa_of(page).raw % ept_level_size(level) ? page : page_alloc();
}

/* If a table is aligned as a large page, an entry with bit 7 would map it as one: the entry gets a
 * copy of the table elsewhere. */
static u64 keep_table(u64 entry, u64 changed, enum ept_level level)
{
	u64 address = address_of(entry);

	if (!is_table(entry, level) || !is_large_page(address, changed, level))
		return changed;
	void *table = memcpy(misaligned_page(level), at_hpa(hpa(address)), PAGE_SIZE);
	return (changed & ~address) | hpa_of(table).raw;
}

enum guest_entry_result guest_entry_change(const struct ept *ept, gpa_t address,
					   enum ept_level level, u64 clear, u64 set)
{
	u64 *entry = guest_entry_find(ept, address, level);
	u64 changed;

	if (!entry)
		return GUEST_ENTRY_MISSING;
	changed = (*entry & ~clear) | set;
	if (!address_of(changed) && changed & (EPT_PERMISSIONS | EPT_USER_EXECUTE))
		return GUEST_ENTRY_EMPTY;
	if (!is_table(*entry, level) && is_table(changed, level))
		return GUEST_ENTRY_NO_TABLE;
	*entry = keep_table(*entry, changed, level);
	return GUEST_ENTRY_CHANGED;
}

/* What the entry says of its page, for the first part of it.  Bits that are reserved in the entry
 * of a large page would be address bits in that of a part; bit 7 means nothing at EPT_PT. */
static u64 entry_of_first_part(u64 entry, enum ept_level level)
{
	u64 below = ept_level_size(level) - PAGE_SIZE;

	return entry & ~below & ~(level == EPT_PD ? EPT_LARGE : 0);
}

bool guest_entry_split(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *entry = guest_entry_find(ept, address, level);
	u64 part = entry_of_first_part(*entry, level), *table;

	if (is_table(*entry, level))
		return true;
	table = (u64 *)pages_alloc(1);
	if (!table)
		return false;
	for (unsigned i = 0; i < PAGE_SIZE / sizeof(u64); i++)
		table[i] = part + i * ept_level_size(level - 1);
	*entry = ept_branch(table);
	return true;
}
