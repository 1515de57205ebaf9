/* run.h -- enters as a case says, and takes back what it wrote */
#ifndef RUN_H
#define RUN_H

#include "tests/suites/entry/observed.h"

/* Gives machine->state the values of the case, for the model to judge; the poison is not seen
 * there.  And gives it those of the base again. */
void entry_case_twist(struct entry_machine *machine, const struct entry_case *tried);
void entry_case_untwist(struct entry_machine *machine, const struct entry_case *tried);

/* Enters with these values.  True if the processor lost reserved bits of what was written, so that
 * machine->state now has other ones. */
bool entry_case_run(struct entry_machine *machine, const struct entry_case *tried,
		    struct entry_observed *observed);
/* Gives the VMCS and machine->state the values of the base again. */
void entry_case_undo(struct entry_machine *machine, const struct entry_case *tried,
		     const struct entry_observed *observed);

/* Whether every field has the value of the base; else the first that has not. */
bool entry_base_stands(const struct entry_machine *machine, enum entry_field *changed);

#endif
