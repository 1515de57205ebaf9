/* observed.c -- how an entry ended, and what it left */
#include "tests/suites/entry/observed.h"

struct entry_outcome entry_outcome_of(const struct exit *exit)
{
	if (exit->reason >= EXIT_REFUSED(0))
		return (struct entry_outcome){ ENTRY_VMFAIL, exit->reason - EXIT_REFUSED(0), 0 };
	if (exit_of_failed_entry(exit))
		return (struct entry_outcome){ ENTRY_FAILS, exit->reason, exit->qualification };
	return (struct entry_outcome){ ENTRY_SUCCEEDS, 0, 0 };
}

void entry_note_difference(struct entry_observed *observed, const char *what, u64 found,
			   u64 expected)
{
	if (observed->wrong)
		return;
	observed->wrong = what;
	observed->found = found;
	observed->expected = expected;
}
