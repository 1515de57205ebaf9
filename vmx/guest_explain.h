/* guest_explain.h -- a guest's access that EPT refused, in words: the entries of the guest's own
 * walk, what was accessed and why (SDM vol. 3, "EPT Violations")
 *
 * Each function adds to a text (kernel/print.h).
 */
#ifndef GUEST_EXPLAIN_H
#define GUEST_EXPLAIN_H

#include "ept/explain.h"
#include "ept/violation.h"
#include "vmx/guest_walk.h"

struct guest_access {
	struct ept_violation violation;
	gla_t linear;                           /* if violation.gla_valid */
	gla_t instruction;                      /* where the instruction begins */
	bool ept_flags;                         /* the EPTP turns accessed and dirty flags on */
	bool mode_based_execute;                /* the VM-execution control is 1 */
	struct guest_walk walk;                 /* of linear */
	const struct guest_step *step;          /* in a page walk: the entry, if known */
};

/* "PML4[0] 0x11023 at TABLES(0x10000), ept PT[16] r-- hpa=0x0013c000"; the place is how the
 * report writes the entry's address.  Of an entry that EPT refused: "PML4[0] at TABLES(0x10000) <-
 * EPT refuses read". */
void guest_step_text(struct text *text, const struct guest_walk *walk,
		     const struct guest_step *step, const char *place, enum permission refused);

/* Whether the guest's paging, as it stands now, leads to that guest-physical address. */
bool guest_access_leads_to(const struct guest_access *access, gpa_t address);

/* The permissions that EPT must grant.  For a fetch with mode-based execute control they depend on
 * whether the address is a user-mode one. */
enum permission guest_access_needs(const struct guest_access *access);

/* "a write, reached through guest-linear 0x2008, to a 4 KiB page that its PT entry maps r--" */
void guest_access_text(struct text *text, const struct guest_access *access,
		       const struct ept_walk *ept);

#endif
