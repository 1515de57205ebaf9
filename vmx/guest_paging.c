#include "vmx/guest_paging.h"

/* Bits of the guest's entries. */
enum {
	PRESENT  = BIT(0),
	WRITABLE = BIT(1),
	USER     = BIT(2),
	ACCESSED = BIT(5),
	DIRTY    = BIT(6),
	LARGE    = BIT(7),
};
#define BRANCH (PRESENT | WRITABLE | USER | ACCESSED)
#define LEAF   (BRANCH | DIRTY | LARGE)

#define ENTRIES     512
#define LARGE_PAGE  0x200000ul
#define DIRECTORIES 4                           /* a GiB each */

static struct {
	u64 pml4[ENTRIES];
	u64 pdpt[ENTRIES];
	u64 directory[DIRECTORIES * ENTRIES];
} tables __attribute__((aligned(PAGE_SIZE)));

/* The EPT tables that lead to the engine's 2 MiB, and to nothing else: in each VM's EPT. */
static u64 ept_directory[ENTRIES] __attribute__((aligned(PAGE_SIZE)));
static u64 ept_page_table[ENTRIES] __attribute__((aligned(PAGE_SIZE)));

static u64 guest_physical(const void *table)
{
	return VM_ENGINE_BASE.raw + (u64)((const u8 *)table - (const u8 *)&tables);
}

static void fill_directories(void)
{
	u64 entry = LEAF;

	for (unsigned i = 0; i < VM_ENGINE_BASE.raw / LARGE_PAGE; i++) {
		tables.directory[i] = entry;
		entry += LARGE_PAGE;
	}
}

static void make_tables(void)
{
	tables.pml4[0] = guest_physical(tables.pdpt) | BRANCH;
	for (unsigned i = 0; i < DIRECTORIES; i++)
		tables.pdpt[i] = guest_physical(&tables.directory[i * ENTRIES]) | BRANCH;
	fill_directories();
}

/* Anew for each VM: the one before may have left accessed and dirty flags. */
static void make_ept_tables(void)
{
	for (unsigned i = 0; i < sizeof(tables) / PAGE_SIZE; i++)
		ept_page_table[i] = ept_leaf(hpa((u64)&tables + i * PAGE_SIZE), RW, WB);
	ept_directory[ept_index(VM_ENGINE_BASE, EPT_PD)] = ept_branch(ept_page_table) | EPT_SHARED;
}

void guest_paging_map(const struct ept *ept)
{
	if (!tables.pml4[0])
		make_tables();
	make_ept_tables();
	*ept_make(ept, VM_ENGINE_BASE, EPT_PDPT) = ept_branch(ept_directory) | EPT_SHARED;
}
