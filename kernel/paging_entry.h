/* paging_entry.h -- the bits of a paging-structure entry, the kernel's own or a guest's
 * (SDM vol. 3, "Paging-Structure Entries")
 *
 * Masks: PAGING_PRESENT, PAGING_LARGE.  LARGE is the SDM's PS: it makes an entry above the page
 * table map a page.  DIRTY exists only in entries that map a page.
 */
#ifndef PAGING_ENTRY_H
#define PAGING_ENTRY_H

#include "kernel/types.h"

enum {
#define PAGING_BIT(position, name) PAGING_##name = BIT(position),
#include "kernel/paging_entry.def"
#undef PAGING_BIT
};

/* The flags that a page walk may set, and the address bits. */
#define PAGING_FLAGS   (PAGING_ACCESSED | PAGING_DIRTY)
#define PAGING_ADDRESS BITS(51, 12)

/* A guest's entry that leads to a table, and one that maps a page, when nothing is wrong with
 * them.  All flags are set that a walk would set. */
#define PAGING_BRANCH (PAGING_PRESENT | PAGING_WRITABLE | PAGING_USER | PAGING_ACCESSED)
#define PAGING_LEAF   (PAGING_BRANCH | PAGING_DIRTY)

#endif
