/* observed.h -- how an entry ended, and what it left */
#ifndef OBSERVED_H
#define OBSERVED_H

#include "tests/suites/entry/case.h"

/* Of an entry that ended so. */
static inline struct entry_outcome entry_outcome_of(const struct exit *exit)
{
	if (exit->reason >= EXIT_REFUSED(0))
		return (struct entry_outcome){ ENTRY_VMFAIL, exit->reason - EXIT_REFUSED(0), 0 };
	if (exit_of_failed_entry(exit))
		return (struct entry_outcome){ ENTRY_FAILS, exit->reason, exit->qualification };
	return (struct entry_outcome){ ENTRY_SUCCEEDS, 0, 0 };
}

struct entry_observed {
	struct entry_outcome outcome;
	u32 reason;                             /* the exit reason, of an entry that succeeded */
	const char *wrong;                      /* what the entry should not have left; or null */
	u64 found, expected;                    /* in words of `wrong` */
};

/* Notes that what was found is not what was expected, unless something else is noted already. */
void entry_note_difference(struct entry_observed *observed, const char *what, u64 found,
			   u64 expected);
static inline void entry_compare(struct entry_observed *observed, const char *what, u64 found,
				 u64 expected)
{
	if (found != expected)
		entry_note_difference(observed, what, found, expected);
}

#endif
