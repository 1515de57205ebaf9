/* guest_paging.c -- the guest paging structures of the modes that have any */
#include "vmx/guest_paging.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"

#define ENTRIES     512
#define DIRECTORIES 4                           /* a GiB each */

/* 32-bit paging has entries of half the size, and large pages of twice the size. */
#define ENTRIES_32    1024
#define LARGE_PAGE_32 0x400000u

/* The paging structures themselves; CR3, and the PDPTEs in the VMCS, lead to them as
 * vmx/start_state.def says. */
static struct {
	u64 pml4[ENTRIES];
	u64 pdpt[ENTRIES];
	u64 directory[DIRECTORIES * ENTRIES];
	u64 pae_pdpt[ENTRIES];                  /* the first four count; VMs get copies */
	u32 directory_32[ENTRIES_32];
	u32 page_table_32[ENTRIES_32];
} tables __attribute__((aligned(PAGE_SIZE)));

/* Which pages of `tables` a mode has. */
static const struct {
	unsigned first, end;
} pages_of[GUEST_MODES] = {
	[MODE_long64]   = { 0, 6 },
	[MODE_pae]      = { 2, 7 },
	[MODE_paging32] = { 7, 9 },
};

/* Walks never write to an entry with both flags.  Where an entry leads to a table, the processor
 * ignores the dirty flag, but a guest can take the table for one of another level. */
#define BRANCH PAGING_LEAF

/* EPT tables that translate the engine's 2 MiB and nothing else: a directory, and a page table. */
static struct {
	u64 directory[ENTRIES];
	u64 page_table[ENTRIES];
} ept_tables __attribute__((aligned(PAGE_SIZE)));

static u64 guest_physical(const void *table)
{
	return VM_ENGINE_BASE.raw + (u64)table - (u64)&tables;
}

static void make_directories(void)
{
	u64 entry = PAGING_LEAF | PAGING_LARGE;

	if (tables.directory[0])
		return;
	for (unsigned i = 0; i < VM_ENGINE_BASE.raw / LARGE_PAGE_SIZE; i++) {
		tables.directory[i] = entry;
		entry += LARGE_PAGE_SIZE;
	}
}

static void make_pointers(u64 *pdpt, u64 bits)
{
	for (unsigned i = 0; i < DIRECTORIES; i++)
		pdpt[i] = guest_physical(&tables.directory[i * ENTRIES]) | bits;
}

/* The engine's 2 MiB are half of the last large page. */
static void make_tables_32(void)
{
	u32 last = (ENTRIES_32 - 1) * LARGE_PAGE_32;

	for (u32 i = 0; i < ENTRIES_32 - 1; i++)
		tables.directory_32[i] = i * LARGE_PAGE_32 | PAGING_LEAF | PAGING_LARGE;
	tables.directory_32[ENTRIES_32 - 1] =
		(u32)guest_physical(tables.page_table_32) | BRANCH;
	for (u32 i = 0; last + i * PAGE_SIZE < VM_ENGINE_BASE.raw; i++)
		tables.page_table_32[i] = (u32)(last + i * PAGE_SIZE) | PAGING_LEAF;
}

static void make_tables(enum guest_mode mode)
{
	if (mode == MODE_paging32) {
		make_tables_32();
		return;
	}
	make_directories();
	if (mode == MODE_pae) {
		make_pointers(tables.pae_pdpt, PAGING_PRESENT);
		return;
	}
	make_pointers(tables.pdpt, BRANCH);
	tables.pml4[0] = guest_physical(tables.pdpt) | BRANCH;
}

static void *page_of(unsigned which)
{
	return (u8 *)&tables + which * PAGE_SIZE;
}

/* The first entries of a PDPT of PAE paging have no flags.  A walk that takes them for entries of
 * another table sets some, and there are emulators that do not ask EPT then. */
static void *shared_page(unsigned which)
{
	void *page = page_of(which);

	return page == tables.pae_pdpt ? memcpy(page_alloc_dirty(), page, PAGE_SIZE) : page;
}

/* The leaves are made anew for each VM, as an earlier one may have changed them. */
static void make_ept_tables(enum guest_mode mode)
{
	static enum guest_mode last;

	if (mode != last)
		memset(ept_tables.page_table, 0, sizeof(ept_tables.page_table));
	last = mode;
	for (unsigned i = pages_of[mode].first; i < pages_of[mode].end; i++)
		ept_tables.page_table[i] = ept_leaf(hpa_of(shared_page(i)), R, WB);
	ept_tables.directory[ept_index(VM_ENGINE_BASE, EPT_PD)] = ept_branch(ept_tables.page_table);
}

void guest_paging_map(enum guest_mode mode, struct ept *ept)
{
	static bool made[GUEST_MODES];

	if (!made[mode])
		make_tables(mode);
	made[mode] = true;
	make_ept_tables(mode);
	*ept_make(ept, VM_ENGINE_BASE, EPT_PDPT) = ept_branch(ept_tables.directory);
	ept->shared = ept_tables.directory;
	ept->shared_end = ept_tables.page_table + ENTRIES;
}

void guest_paging_copy(enum guest_mode mode, const struct ept *ept, enum permission allowed)
{
	for (unsigned i = pages_of[mode].first; i < pages_of[mode].end; i++) {
		gpa_t page = gpa(VM_ENGINE_BASE.raw + i * PAGE_SIZE);
		void *copy = memcpy(page_alloc_dirty(), page_of(i), PAGE_SIZE);

		*ept_make(ept, page, EPT_PT) = ept_leaf(hpa_of(copy), allowed, WB);
	}
}
