/* vm_entry.h -- what VMLAUNCH and VMRESUME do with a VMCS, according to the SDM
 * (vol. 3, "VM Entries"); docs/entry.md says how it judges
 */
#ifndef VM_ENTRY_H
#define VM_ENTRY_H

#include "tests/model/entry_rules.h"

/* All rules that the state violates. */
struct entry_set entry_violations(const struct entry_state *state);

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

#endif
