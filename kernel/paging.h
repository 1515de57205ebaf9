/* paging.h -- the kernel's own page tables (SDM vol. 3, "4-Level Paging and 5-Level Paging")
 *
 * The first 4 GiB are mapped where they are.  Nothing is both writable and executable; page 0 and
 * the page below the stack are not mapped, so that null pointers and stack overflows trap.
 */
#ifndef PAGING_H
#define PAGING_H

#include "kernel/image.h"
#include "kernel/physical.h"

#define MAPPED_SIZE (4ull << 30)

/* The memory that the kernel reads at its own addresses.  The page below the stack is in the
 * window, too, though it is not mapped. */
static inline struct physical paging_window(void)
{
	return (struct physical){ .start = PAGE_SIZE, .end = MAPPED_SIZE };
}

/* Completes the tables that boot.asm began. */
void paging_start(void);

/* Maps the parts of an image that was loaded into the kernel's data. */
void paging_map(const struct image *image);

/* Lets the processor cache nothing of the 2 MiB around registers of a device, which must lie above
 * the image and below MAPPED_SIZE. */
void paging_do_not_cache(u64 address);

/* Page 0 stays mapped until here: QEMU's PVH loader keeps its memory map in it. */
void paging_unmap_null_page(void);

#endif
