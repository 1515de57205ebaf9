/* case_build.c -- writes the entries of a case and the guest's code, and restores the entries */
#include "tests/suites/cases/case_build.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"

#define SIZE_OF_4_MIB_PAGE (4ul << 20)
#define DATA_PDPTE         1                    /* of PAE paging: the register for the data */

/* --- Where the guest's entries are ----------------------------------------------------------- */

static unsigned guest_index(const struct test_case *test_case, u64 linear, unsigned level)
{
	if (case_is_32_bit(test_case))
		return linear >> (2 + 10 * level) & BITS(9, 0);
	return linear >> (3 + 9 * level) & BITS(8, 0);
}

/* One page table maps both pages of data if one PD entry translates both addresses. */
static void find_pages(struct case_memory *memory, const struct test_case *test_case)
{
	u64 first = case_linear(memory, test_case).raw & ~(PAGE_SIZE - 1);
	u64 other = first + PAGE_SIZE;
	bool common = guest_index(test_case, first, EPT_PD) ==
		      guest_index(test_case, other, EPT_PD);

	memory->linear[0] = first;
	memory->linear[1] = other;
	memory->page_table[0] = CASE_PT;
	memory->page_table[1] = common ? CASE_PT : CASE_OTHER_PT;
}

/* The table that holds the guest's entry of the level. */
static enum case_page table_of(const struct case_memory *memory, unsigned level, unsigned part)
{
	return level == EPT_PT ? memory->page_table[part] : case_table(level);
}

void *case_guest_entry(const struct case_memory *memory, const struct test_case *test_case,
		       unsigned level, unsigned part)
{
	unsigned index = guest_index(test_case, memory->linear[part], level);
	u8 *table = memory->page[table_of(memory, level, part)];

	return table + index * (case_is_32_bit(test_case) ? sizeof(u32) : sizeof(u64));
}

/* --- EPT ------------------------------------------------------------------------------------- */

/* Entries below a leaf have their usual values, which are those that map a page of 4 KiB. */
static void build_ept_entries(struct case_memory *memory, const struct test_case *test_case,
			      enum case_page page)
{
	const struct case_mapping *mapping = case_mapping(memory, test_case, page);
	u64 flags = test_case->switches & CASE_EPT_FLAGS_SET ? EPT_ACCESSED | EPT_DIRTY : 0;

	for (unsigned level = EPT_PML4; level >= EPT_PT; level--) {
		memory->entries[memory->entry_count++] = (struct case_entry){
			.place = mapping->entry[level], .size = sizeof(u64), .ept_level = (u8)level,
			.page = (u8)page,
			.usual = level == EPT_PT ? mapping->leaf[level] : mapping->branch[level],
		};
		*mapping->entry[level] =
			case_ordinary_entry(memory, test_case, page, level) | flags;
	}
}

static void build_ept(struct case_memory *memory, const struct test_case *test_case)
{
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		if (case_uses(test_case, page))
			build_ept_entries(memory, test_case, page);
	if (case_uses(test_case, CASE_PT) && case_crosses_pages(test_case) &&
	    memory->page_table[1] == CASE_OTHER_PT)
		build_ept_entries(memory, test_case, CASE_OTHER_PT);
}

/* --- The guest's tables ---------------------------------------------------------------------- */

static u64 guest_branch(const struct case_memory *memory, const struct test_case *test_case,
			unsigned level, unsigned part)
{
	enum case_page table = table_of(memory, level - 1, part);

	return case_address(memory, test_case, table).raw | PAGING_BRANCH;
}

static u64 guest_leaf(const struct case_memory *memory, const struct test_case *test_case,
		      unsigned part)
{
	u64 page = case_address(memory, test_case, CASE_DATA).raw + part * PAGE_SIZE;
	bool large = test_case->guest_leaf > EPT_PT;
	u64 size = large && case_is_32_bit(test_case) ? SIZE_OF_4_MIB_PAGE
						      : ept_level_size(test_case->guest_leaf);
	u64 bits = PAGING_LEAF | (large ? PAGING_LARGE : 0);

	if (test_case->switches & CASE_SUPERVISOR_PAGE)
		bits &= ~(u64)PAGING_USER;
	return (page & ~(size - 1)) | bits;
}

static void guest_entry_add(struct case_memory *memory, const struct test_case *test_case,
			    enum case_page table, void *place, u64 value)
{
	struct case_entry *entry = &memory->entries[memory->entry_count++];

	*entry = (struct case_entry){
		.place = place, .size = case_is_32_bit(test_case) ? sizeof(u32) : sizeof(u64),
		.page = (u8)table,
	};
	case_entry_write(entry, value);
}

static void build_guest_entry(struct case_memory *memory, const struct test_case *test_case,
			      unsigned level, unsigned part)
{
	u64 value = level == test_case->guest_leaf ? guest_leaf(memory, test_case, part)
						   : guest_branch(memory, test_case, level, part);

	if (test_case->switches & CASE_GUEST_FLAGS_CLEAR)
		value &= ~(u64)PAGING_FLAGS;
	if (test_case->paging == CASE_PAE && level == EPT_PDPT) {
		memory->pdpte[DATA_PDPTE] =
			case_address(memory, test_case, CASE_PD).raw | PAGING_PRESENT;
		return;
	}
	guest_entry_add(memory, test_case, table_of(memory, level, part),
			case_guest_entry(memory, test_case, level, part), value);
}

/* The code is reached through the first entry of the same top table as the data. */
static void build_code_entry(struct case_memory *memory, const struct test_case *test_case)
{
	memory->pdpte[0] = CASE_CODE_PD | PAGING_PRESENT;
	if (case_is_32_bit(test_case))
		guest_entry_add(memory, test_case, CASE_PD, memory->page[CASE_PD],
				CASE_CODE_PT | PAGING_BRANCH);
	else if (case_is_64_bit(test_case))
		guest_entry_add(memory, test_case, CASE_PML4, memory->page[CASE_PML4],
				CASE_CODE_PDPT | PAGING_BRANCH);
}

static void build_guest(struct case_memory *memory, const struct test_case *test_case)
{
	unsigned top = case_top_level(test_case);
	unsigned parts = case_crosses_pages(test_case) ? 2 : 1;

	build_code_entry(memory, test_case);
	for (unsigned part = 0; part < parts; part++)
		for (unsigned level = top; level >= test_case->guest_leaf; level--)
			build_guest_entry(memory, test_case, level, part);
}

/* --- Flips and code -------------------------------------------------------------------------- */

static void flip_ept(const struct case_memory *memory, const struct test_case *test_case,
		     const struct case_flip *flip)
{
	*case_mapping(memory, test_case, flip->which)->entry[flip->level] ^= flip->bits;
}

static void flip_guest(struct case_memory *memory, const struct test_case *test_case,
		       const struct case_flip *flip)
{
	void *place;

	if (test_case->paging == CASE_PAE && flip->level == EPT_PDPT) {
		memory->pdpte[DATA_PDPTE] ^= flip->bits;
		return;
	}
	place = case_guest_entry(memory, test_case, flip->level, flip->which);
	if (case_is_32_bit(test_case))
		*(u32 *)place ^= (u32)flip->bits;
	else
		*(u64 *)place ^= flip->bits;
}

static void build_flips(struct case_memory *memory, const struct test_case *test_case)
{
	for (unsigned i = 0; i < test_case->flip_count; i++)
		if (test_case->flips[i].guest)
			flip_guest(memory, test_case, &test_case->flips[i]);
		else
			flip_ept(memory, test_case, &test_case->flips[i]);
}

static void build_code(struct case_memory *memory, const struct test_case *test_case)
{
	case_write_code(memory, case_code(test_case));
	if (test_case->access == MODEL_FETCH)
		memcpy(memory->page[CASE_DATA] + test_case->offset, case_vmcall,
		       sizeof(case_vmcall));
}

/* --- A case ---------------------------------------------------------------------------------- */

void case_build(struct case_memory *memory, const struct test_case *test_case)
{
	memory->entry_count = 0;
	find_pages(memory, test_case);
	build_ept(memory, test_case);
	if (case_top_level(test_case))
		build_guest(memory, test_case);
	build_flips(memory, test_case);
	build_code(memory, test_case);
	for (unsigned i = 0; i < memory->entry_count; i++)
		memory->entries[i].before = case_entry_read(&memory->entries[i]);
}

/* Two pages can have an entry in common, which is then listed twice: so all entries are read before
 * one is written. */
void case_undo_access(struct case_memory *memory)
{
	for (unsigned i = 0; i < memory->entry_count; i++)
		memory->entries[i].after = case_entry_read(&memory->entries[i]);
	for (unsigned i = 0; i < memory->entry_count; i++)
		if (memory->entries[i].after != memory->entries[i].before)
			case_entry_write(&memory->entries[i], memory->entries[i].before);
}

void case_rewind(const struct case_memory *memory)
{
	for (unsigned i = 0; i < memory->entry_count; i++)
		case_entry_write(&memory->entries[i], memory->entries[i].before);
}

void case_restore(struct case_memory *memory)
{
	for (unsigned i = 0; i < memory->entry_count; i++)
		case_entry_write(&memory->entries[i], memory->entries[i].usual);
}
