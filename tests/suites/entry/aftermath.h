/* aftermath.h -- what an entry left behind (SDM vol. 3, "VM-Entry Failures During or After Loading
 * Guest State", "VM Entries", and vol. 3, "VMX Instruction Reference", section "Conventions")
 */
#ifndef AFTERMATH_H
#define AFTERMATH_H

#include "tests/suites/entry/observed.h"

/* Notes what is not as it has to be.  As a whole, or but for what needs
 * something done before the entry (information.h, host.h). */
void entry_judge_aftermath(struct entry_machine *machine, const struct entry_case *tried,
			   bool whole, struct entry_observed *observed);

#endif
