/* aftermath.h -- what an entry left behind (SDM vol. 3, "VM-Entry Failures During or After Loading
 * Guest State", "VM Entries", and vol. 3, "VMX Instruction Reference", section "Conventions")
 */
#ifndef AFTERMATH_H
#define AFTERMATH_H

#include "tests/suites/entry/observed.h"

/* As they stand in the VMCS. */
struct entry_exit_fields entry_exit_fields(void);

/* Fills in `wrong` of what was observed, if anything is. */
void entry_judge_aftermath(const struct entry_machine *machine, const struct entry_case *tried,
			   struct entry_observed *observed);

#endif
