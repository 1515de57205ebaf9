/* paging_entry.h -- the bits of a paging-structure entry, the kernel's own or a guest's
 * (SDM vol. 3, "Paging-Structure Entries")
 *
 * Masks: PAGING_PRESENT, PAGING_LARGE.  LARGE is the SDM's PS, of entries that may map a page above
 * the page table; DIRTY is of those that map one.
 */
#ifndef PAGING_ENTRY_H
#define PAGING_ENTRY_H

#include "kernel/types.h"

enum {
#define PAGING_BIT(position, name) PAGING_##name = BIT(position),
#include "kernel/paging_entry.def"
#undef PAGING_BIT
};

/* The bits that a walk may set, and what it leads to. */
#define PAGING_FLAGS   (PAGING_ACCESSED | PAGING_DIRTY)
#define PAGING_ADDRESS BITS(51, 12)

/* What a guest's entry is when nothing is wrong: one that leads to a table, and one that maps a
 * page.  Both are as a walk would leave them. */
#define PAGING_BRANCH (PAGING_PRESENT | PAGING_WRITABLE | PAGING_USER | PAGING_ACCESSED)
#define PAGING_LEAF   (PAGING_BRANCH | PAGING_DIRTY)

#endif
