/* case_memory.c -- makes the guest's pages and the EPT entries for them, and says where they are */
#include "tests/suites/cases/case_memory.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"

#define GIB              BIT(30)
#define BOUNDARY         ept_level_size(EPT_PD) /* between the pages of data */
#define DATA_LINEAR      GIB
#define DATA_LINEAR_HIGH (BIT(40) + 5 * GIB)

/* Added to guest-physical addresses in 64-bit mode, if the processor has that many bits of them:
 * then the EPT PML4 entry that maps them is not the one that maps the code. */
#define HIGH             BIT(39)

/* The GiB of guest-physical memory in which a page is, first outside of 64-bit mode, then in it.
 * Outside of it a guest has no PML5 table, no PML4 table and no PDPT in memory. */
static const u8 gib[2][CASE_PAGES] = {
	{ 0, 0, 0, 1, 3, 3, 2, 2 },
	{ 4, 5, 6, 7, 8, 9, 10, 10 },
};

/* --- Made once ------------------------------------------------------------------------------- */

/* The flags are set beforehand, so that an access finds the same values in every case.  The bit for
 * execution by user-mode addresses is ignored in cases that have no use for it. */
static void map_code_page(const struct case_memory *memory, u64 address, const void *page,
			  enum permission allowed)
{
	*ept_make(&memory->ept, gpa(address), EPT_PT) =
		ept_leaf(hpa_of(page), allowed, WB) | EPT_ACCESSED | EPT_DIRTY |
		(allowed & X ? EPT_USER_EXECUTE : 0);
}

/* 64-bit mode uses the PDPT and the PD, PAE paging the PD, and 32-bit paging the PT. */
static void code_start(struct case_memory *memory)
{
	u64 *pdpt = page_alloc(), *pd = page_alloc();
	u32 *pt = page_alloc();

	pdpt[0] = CASE_CODE_PD | PAGING_BRANCH;
	pd[0] = (PAGING_LEAF | PAGING_LARGE) & ~(u64)PAGING_USER;
	pd[1] = PAGING_LEAF | PAGING_LARGE;
	pt[CASE_CODE_PAGE / PAGE_SIZE] = (u32)CASE_CODE_PAGE | (PAGING_LEAF & ~(u32)PAGING_USER);
	pt[CASE_USER_CODE / PAGE_SIZE] = (u32)CASE_CODE_PAGE | PAGING_LEAF;
	map_code_page(memory, CASE_CODE_PAGE, memory->code, RX);
	map_code_page(memory, CASE_CODE_PDPT, pdpt, RW);
	map_code_page(memory, CASE_CODE_PD, pd, RW);
	map_code_page(memory, CASE_CODE_PT, pt, RW);
}

/* In a GiB of nothing but memory, if this machine has one: a page of 1 GiB maps all of it. */
static u8 *piece_start(size_t count)
{
	memory_mark_t mark = memory_mark();
	u8 *piece;

	while ((piece = pages_alloc_aligned(count, GIB)))
		if (memory_is_usable(hpa_of(piece), GIB))
			return piece;
	memory_release(mark);
	return pages_alloc(count);
}

/* Two pages with a boundary of 2 MiB between them, but not one of 1 GiB. */
static bool data_start(struct case_memory *memory)
{
	size_t count = BOUNDARY / PAGE_SIZE + 1;
	u8 *piece = piece_start(count);
	u64 boundary = (hpa_of(piece).raw + BOUNDARY) & ~(BOUNDARY - 1);

	if (!piece)
		return false;
	memory->page[CASE_DATA] = at_hpa(hpa(boundary - PAGE_SIZE));
	memory->page[CASE_OTHER_DATA] = at_hpa(hpa(boundary));
	return boundary % GIB;
}

/* A large page may map more than memory, like the addresses of a device.  The guest does not use
 * that part, but a processor may read in advance from memory of a type that it caches, and from
 * memory of type UC it may not (SDM vol. 3, "Strong Uncacheable (UC)"). */
static u64 leaf_of(hpa_t page, enum ept_level level, enum permission allowed)
{
	u64 size = ept_level_size(level);
	hpa_t frame = hpa(page.raw & ~(size - 1));
	u64 leaf = ept_leaf(frame, allowed, memory_is_usable(frame, size) ? WB : UC);

	return leaf | (level == EPT_PT ? 0 : EPT_LARGE);
}

static void mapping_start(const struct case_memory *memory, struct case_mapping *mapping,
			  u64 address, const u8 *page, enum permission allowed)
{
	mapping->address = gpa(address + hpa_of(page).raw % GIB);
	for (enum ept_level level = EPT_PT; level <= EPT_PML4; level++)
		mapping->entry[level] = ept_make(&memory->ept, mapping->address, level);
	for (enum ept_level level = EPT_PD; level <= EPT_PML4; level++)
		mapping->branch[level] = *mapping->entry[level];
	for (enum ept_level level = EPT_PT; level <= EPT_PDPT; level++)
		mapping->leaf[level] = leaf_of(hpa_of(page), level, allowed);
	*mapping->entry[EPT_PT] = mapping->leaf[EPT_PT];
}

static void mappings_start(struct case_memory *memory)
{
	u64 high = memory->offers.physical_width > 39 ? HIGH : 0;

	for (unsigned in_64_bit = 0; in_64_bit < 2; in_64_bit++)
		for (enum case_page page = 0; page < CASE_PAGES; page++) {
			bool table = page < CASE_DATA;
			bool low = !in_64_bit || (table && memory->own_pml4_entry);

			if (gib[in_64_bit][page])
				mapping_start(memory, &memory->mapping[in_64_bit][page],
					      (low ? 0 : high) + gib[in_64_bit][page] * GIB,
					      memory->page[page], table ? RW : RWX);
		}
}

bool case_memory_start(struct case_memory *memory, const struct ept *ept)
{
	memory->ept = *ept;
	memory->start = hpa_of(ept->root);
	memory->code = page_alloc();
	code_start(memory);
	if (!data_start(memory))
		return false;
	for (enum case_page page = 0; page <= CASE_OTHER_PT; page++)
		memory->page[page] = page_alloc();
	mappings_start(memory);
	memory->end = hpa_of(page_alloc());
	return true;
}

/* --- Where things are ------------------------------------------------------------------------ */

gpa_t case_address(const struct case_memory *memory, const struct test_case *test_case,
		   enum case_page page)
{
	return case_mapping(memory, test_case, page)->address;
}

gla_t case_linear(const struct case_memory *memory, const struct test_case *test_case)
{
	u64 physical = case_address(memory, test_case, CASE_DATA).raw + test_case->offset;

	if (test_case->paging == CASE_NO_PAGING)
		return gla(physical);
	return gla(physical % GIB + (case_is_64_bit(test_case) ? DATA_LINEAR_HIGH : DATA_LINEAR));
}

gla_t case_rip(const struct test_case *test_case)
{
	bool user = test_case->switches & CASE_USER_MODE && test_case->paging != CASE_NO_PAGING;

	return gla(user ? CASE_USER_CODE : CASE_CODE_PAGE);
}
