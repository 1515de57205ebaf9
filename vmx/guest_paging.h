/* guest_paging.h -- the guest paging structures of mode long64: linear = physical below 4 GiB
 * (SDM vol. 3, "4-Level Paging and 5-Level Paging")
 *
 * They are the same for every VM, and made when the first one wants them.  Accessed and dirty
 * flags are set beforehand: a page walk reads and never writes.  The engine's own 2 MiB are not
 * mapped, so that a guest can reach its paging structures only by making its own.
 */
#ifndef GUEST_PAGING_H
#define GUEST_PAGING_H

#include "ept/table.h"

/* Guest-physical memory that belongs to us: PML4, PDPT and four PDs, page by page. */
#define VM_ENGINE_BASE gpa(0xffe00000)
#define VM_ENGINE_SIZE 0x200000ul

/* Whether CR3 leads to them. */
static inline bool guest_paging_is_at(u64 cr3)
{
	return (cr3 & BITS(51, 12)) == VM_ENGINE_BASE.raw;
}

/* Maps them into the VM. */
void guest_paging_map(const struct ept *ept);

#endif
