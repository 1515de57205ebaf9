/* printed_case.h -- prints a case of VM entry as a complete scenario, which assembles and runs by
 * itself (docs/scenarios.md)
 */
#ifndef PRINTED_CASE_H
#define PRINTED_CASE_H

#include "tests/suites/entry/attempt.h"

/* Prints it to the report, with "  | " before each line.  The machine's state is that of the base,
 * machine->start what vm_start() made, and `attempt` the result of the case.  `origin` is a
 * sentence that says where the case comes from.  The scenario expects what the model says; what the
 * processor did instead is a comment. */
void entry_print(struct entry_machine *machine, const struct entry_case *tried,
		 const struct entry_attempt *attempt, const char *origin);

#endif
