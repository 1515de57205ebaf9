/* attempt.h -- tries a case that was made at random, and judges how it ended */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include "tests/suites/entry/excepted.h"
#include "tests/suites/entry/observed.h"

enum entry_verdict {
	ENTRY_NOT_RUN,                          /* it cannot be contained, or printed */
	ENTRY_LEFT_OPEN,                        /* nor run: the SDM lets it be entered or refused */
	ENTRY_HINGES,                           /* nor run: its end hinges on an excepted rule */
	ENTRY_EXCUSED,                          /* it ended as an excepted rule would have it */
	ENTRY_AGREES, ENTRY_DISAGREES,
	ENTRY_VERDICTS
};

/* Spoils what the model says of a state, to see that it is noticed. */
typedef void entry_mistake_t(const struct entry_state *state, struct entry_set *violated);

struct entry_attempt {
	struct entry_excepted excepted;
	struct entry_set poison_rules;          /* what poison violates in the base */
	entry_mistake_t *mistake;               /* may be null */

	struct entry_set violated;              /* by the case, without its poison */
	struct entry_set judged;                /* with that, and with the mistake */
	struct entry_observed observed;
	enum entry_verdict verdict;
};

/* Tries the case; attempt->violated has to be right beforehand.  The state is that of the base
 * before and afterwards. */
void entry_attempt(struct entry_machine *machine, struct entry_case *tried,
		   struct entry_attempt *attempt);

#endif
