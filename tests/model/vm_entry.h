/* vm_entry.h -- what VMLAUNCH and VMRESUME do with a VMCS, according to the SDM
 * (vol. 3, "VM Entries"); docs/entry.md says how it judges
 */
#ifndef VM_ENTRY_H
#define VM_ENTRY_H

#include "tests/model/entry_rules.h"

/* All rules that the state violates. */
struct entry_set entry_violations(const struct entry_state *state);

/* Brings the violations up to date with another value of the field: asks those rules alone that
 * look at it.  After a change of several fields, once for each. */
void entry_review(const struct entry_state *state, enum entry_field field,
		  struct entry_set *violations);

enum entry_end {
	ENTRY_SUCCEEDS,
	ENTRY_VMFAIL,                           /* `number` is the VM-instruction error */
	ENTRY_FAILS,                            /* VM exit; `number` is the basic exit reason */
};

struct entry_outcome {
	enum entry_end end;
	u32 number;
	u64 qualification;                      /* of ENTRY_FAILS */
};

/* Whether the SDM allows this end of an entry that violates these rules. */
bool entry_allows(const struct entry_state *state, const struct entry_set *violated,
		  const struct entry_outcome *observed);
/* The same for one that violates rules of these stages (entry_set_stages()). */
bool entry_stages_allow(const struct entry_state *state, u32 stages,
			const struct entry_outcome *observed);

#endif
