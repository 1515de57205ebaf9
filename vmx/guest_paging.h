/* guest_paging.h -- the guest paging structures of the modes that have any: linear = physical below
 * 4 GiB (SDM vol. 3, "4-Level Paging and 5-Level Paging", "PAE Paging", "32-Bit Paging")
 *
 * They are the same for every VM of a mode, and made when the first one needs them.  All entries
 * have accessed and dirty flags, so that page walks only read them, and EPT lets nobody write them:
 * neither a guest that maps them by paging structures of its own nor a page walk.  A VM for which
 * that is not enough gets copies.
 */
#ifndef GUEST_PAGING_H
#define GUEST_PAGING_H

#include "ept/table.h"
#include "vmx/mode.h"

/* Guest-physical memory that belongs to the engine, page by page: PML4, PDPT and four PDs of
 * long64; the PDPT of pae, which leads to the same PDs; page directory and page table of paging32.
 * Each VM has those of its mode. */
#define VM_ENGINE_BASE gpa(0xffe00000)
#define VM_ENGINE_SIZE 0x200000ul

/* Whether CR3 leads to these structures, of whichever mode. */
static inline bool guest_paging_is_at(u64 cr3)
{
	return cr3 - VM_ENGINE_BASE.raw < VM_ENGINE_SIZE;
}

/* Maps the structures of the mode into the VM's EPT, readable and no more. */
void guest_paging_map(enum guest_mode mode, struct ept *ept);

/* Gives the VM copies of its own instead, which its guest may change, and EPT tables of its own
 * that map them with these permissions.  It must do so before bit 6 of its EPTP is set, with RW:
 * with accessed and dirty flags for EPT the processor treats a page walk as a write (SDM vol. 3,
 * "Accessed and Dirty Flags for EPT"), and sets flags in the EPT entries.  The caller invalidates
 * what is cached.  Does nothing in a mode without paging. */
void guest_paging_copy(enum guest_mode mode, const struct ept *ept, enum permission allowed);

#endif
