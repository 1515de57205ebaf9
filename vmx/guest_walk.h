/* guest_walk.h -- the way that a guest-linear address takes through the guest's own paging
 * structures, with the EPT walk of each entry, as they stand now
 * (SDM vol. 3, "32-Bit Paging", "PAE Paging", "4-Level Paging and 5-Level Paging")
 *
 * It explains exits that EPT caused.  No page fault came before such an exit, so reserved bits and
 * access rights are not checked.  Nothing of the guest is trusted: an entry is read only where EPT
 * lets the guest read it, and where there is memory.
 */
#ifndef GUEST_WALK_H
#define GUEST_WALK_H

#include "ept/walk.h"
#include "kernel/physical.h"

/* The registers that decide how the guest's linear addresses are translated. */
struct guest_paging {
	u64 cr0, cr3, cr4;
	bool ia32e;                             /* IA32_EFER.LMA */
	u64 pdpte[4];                           /* the registers of PAE paging */
};

/* Guest-physical memory: the EPT that translates it, and the host's memory behind it. */
struct guest_physical {
	struct ept ept;
	struct ept_rules rules;
	struct physical memory;
};

enum guest_paging_kind { PAGING_NONE, PAGING_32_BIT, PAGING_PAE, PAGING_4_LEVEL, PAGING_5_LEVEL };

struct guest_step {
	enum ept_level level;                   /* the guest's levels have the same names */
	unsigned index;
	bool in_register;                       /* a PDPTE of PAE paging, without an address */
	gpa_t at;
	struct ept_walk ept;                    /* to that address */
	bool readable;                          /* EPT lets the guest read it */
	u64 entry;                              /* if readable */
};

enum guest_walk_end {
	GUEST_WALK_MAPPED,                      /* the last step maps the page, or without paging */
	GUEST_WALK_NOT_PRESENT,                 /* the last step is not present */
	GUEST_WALK_UNREADABLE,                  /* the last step cannot be read */
};

struct guest_walk {
	enum guest_paging_kind kind;
	unsigned count;                         /* 0 without paging */
	struct guest_step steps[EPT_PML5];
	enum guest_walk_end end;
	gpa_t address;                          /* if mapped */
	u64 page_size;                          /* if mapped by a step: bytes */
	bool user;                              /* if mapped: a user-mode address */
};

struct guest_walk guest_walk(const struct guest_paging *paging, gla_t linear,
			     const struct guest_physical *physical);

/* The step whose entry stands at the address; null if none does. */
const struct guest_step *guest_walk_step_at(const struct guest_walk *walk, gpa_t address);

#endif
