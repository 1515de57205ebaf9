/* observed.c -- how an entry ended, and what it left */
#include "tests/suites/entry/observed.h"

void entry_note_difference(struct entry_observed *observed, const char *what, u64 found,
			   u64 expected)
{
	if (observed->wrong)
		return;
	observed->wrong = what;
	observed->found = found;
	observed->expected = expected;
}
