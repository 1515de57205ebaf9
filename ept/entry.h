/* entry.h -- the bits of an EPT entry (SDM vol. 3, "EPT Translation Mechanism") */
#ifndef ENTRY_H
#define ENTRY_H

#include "ept/permission.h"

enum {
	EPT_READ         = BIT(0),
	EPT_WRITE        = BIT(1),
	EPT_EXECUTE      = BIT(2),              /* supervisor-mode only, with mode-based execute */
	EPT_PERMISSIONS  = BITS(2, 0),
	EPT_MEMORY_TYPE  = BITS(5, 3),          /* leaves only */
	EPT_IGNORE_PAT   = BIT(6),              /* leaves only */
	EPT_LARGE        = BIT(7),              /* a leaf above the page table */
	EPT_ACCESSED     = BIT(8),              /* with accessed and dirty flags in the EPTP */
	EPT_DIRTY        = BIT(9),              /* the same; leaves only */
	EPT_USER_EXECUTE = BIT(10),             /* with mode-based execute */
};
#define EPT_ADDRESS     BITS(51, 12)
#define EPT_PAGING_WRITE BIT(58)                /* leaves, with EPT paging-write control */
#define EPT_SUB_PAGES   BIT(61)                 /* leaves of the page table, with sub-page writes */
#define EPT_SUPPRESS_VE BIT(63)                 /* leaves, with EPT-violation #VE */

/* Levels count from the page table upwards, as the bits of the address do. */
enum ept_level { EPT_PT = 1, EPT_PD, EPT_PDPT, EPT_PML4, EPT_PML5 };

/* Memory types of leaves and of the EPTP (SDM vol. 3, "Memory Type Range Registers"). */
enum memory_type { UC = 0, WC = 1, WT = 4, WP = 5, WB = 6 };

/* Which of a table's 512 entries translates the address. */
static inline unsigned ept_index(gpa_t address, enum ept_level level)
{
	return address.raw >> (3 + 9 * level) & BITS(8, 0);
}

/* Bytes that one entry of the level translates. */
static inline u64 ept_level_size(enum ept_level level)
{
	return BIT(3 + 9 * level);
}

/* "PML5", "PML4", "PDPT", "PD", "PT" */
const char *ept_level_name(enum ept_level level);

/* "4 KiB", "2 MiB": what one entry of the level translates, in words. */
const char *ept_level_size_name(enum ept_level level);

/* "wb", or "type 3" for those that are reserved. */
const char *memory_type_name(unsigned type);

/* An entry of a page table that maps the page; with EPT_LARGE set it is one of a level above. */
static inline u64 ept_leaf(hpa_t page, enum permission allowed, unsigned memory_type)
{
	return (page.raw & EPT_ADDRESS) | allowed | (u64)memory_type << 3;
}

/* An entry that takes no permission away from the table below it. */
static inline u64 ept_branch(const u64 *table)
{
	return (u64)table | RWX | EPT_USER_EXECUTE;
}

/* Whether the entry leads to a page or a table.  Bit 10 alone is enough: with mode-based execute
 * control the processor takes such an entry for present.  Without that control it does not, but the
 * table below must not be lost. */
static inline bool ept_is_present(u64 entry)
{
	return entry & (EPT_PERMISSIONS | EPT_USER_EXECUTE);
}

/* What the entry allows by its own bits. */
static inline enum permission ept_permissions(u64 entry, bool mode_based_execute)
{
	return (entry & RWX) | (mode_based_execute && entry & EPT_USER_EXECUTE ? XU : NONE);
}

static inline bool ept_is_leaf(u64 entry, enum ept_level level)
{
	return level == EPT_PT || (level <= EPT_PDPT && entry & EPT_LARGE);
}

static inline u64 *ept_table_at(u64 entry)
{
	return (u64 *)(entry & EPT_ADDRESS);    /* memory is identity-mapped */
}

#endif
