/* excepted.h -- rules, fields and observations that an L0 is known to get wrong, as the tests
 * entry_rules/NAME, entry_fields/NAME and entry_aftermath/NAME say: entry/random goes without them
 * (docs/entry.md)
 */
#ifndef EXCEPTED_H
#define EXCEPTED_H

#include "tests/model/vm_entry.h"
#include "tests/report/options.h"
#include "tests/suites/entry/case.h"

struct entry_excepted {
	struct entry_set rules;
	u64 fields[(ENTRY_FIELDS + 63) / 64];
	u32 observations;                       /* a bit for each */
	bool halted;                            /* the guest state, where no guest would run */
};

/* From a list like entry_rules/a,entry_fields/b,entry_aftermath/c,entry_matrix/hlt, in which quirks
 * of ept/random may stand as well; false with the first name that is none of these. */
bool entry_excepted_parse(struct word list, struct entry_excepted *excepted, struct word *wrong);

/* Whether the end of an entry that violates these rules may be another one if the excepted rules
 * are not looked at. */
bool entry_hinges_on(const struct entry_excepted *excepted, const struct entry_state *state,
		     const struct entry_set *violated);

/* Whether the entry ended as it may if an excepted rule, or a rule about an excepted field, that
 * looks at a twist is taken for violated. */
bool entry_excuses(const struct entry_excepted *excepted, const struct entry_state *state,
		   const struct entry_case *tried, const struct entry_set *violated,
		   const struct entry_outcome *outcome);

#endif
