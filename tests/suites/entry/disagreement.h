/* disagreement.h -- reports a case of VM entry on which model and processor disagree */
#ifndef DISAGREEMENT_H
#define DISAGREEMENT_H

#include "tests/suites/entry/attempt.h"

/* Makes the case as small as it can be while they still disagree, and prints it as a scenario.
 * `attempt` is its result then.  `origin` is a sentence that says where the case comes from.  The
 * machine has other values of fields afterwards, so its base has to be started anew. */
void entry_report_disagreement(struct entry_machine *machine, struct entry_case *tried,
			       struct entry_attempt *attempt, const char *origin);

#endif
