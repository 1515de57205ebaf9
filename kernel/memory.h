/* memory.h -- pages of host-physical memory
 *
 * Memory is identity-mapped, so a page's pointer is its host-physical address.  Pages are handed
 * out in order and given back all at once, to a mark: what a test took is gone after it.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "kernel/boot_info.h"
#include "kernel/types.h"

/* Finds the free pages: usable RAM from 1 MiB to 4 GiB, less the kernel, the boot information and
 * the modules.  The boot information must stay. */
void memory_start(const struct boot_info *boot);

/* A page of zeros; panics when memory is used up. */
void *page_alloc(void);
/* The same without the zeros. */
void *page_alloc_dirty(void);
/* As many pages in one piece, zeroed; null if no piece of free memory is that large. */
void *pages_alloc(size_t count);
/* The same, at a multiple of the alignment, a power of two from PAGE_SIZE on. */
void *pages_alloc_aligned(size_t count, u64 alignment);

/* Whether so many bytes from the host-physical address on are usable RAM, whoever uses them.
 * Elsewhere are devices, the firmware's memory, or nothing. */
bool memory_is_usable(hpa_t start, u64 size);

/* A mark is where the next page comes from; memory_release() frees all pages handed out since. */
typedef struct { u32 range; u64 next; } memory_mark_t;
memory_mark_t memory_mark(void);
void          memory_release(memory_mark_t mark);

/* Bytes of usable RAM the loader reported, and the most that was ever handed out. */
u64 memory_size(void);
u64 memory_peak(void);

static inline hpa_t hpa_of(const void *pointer) { return hpa((u64)pointer); }
static inline void *at_hpa(hpa_t address) { return (void *)address.raw; }

#endif
