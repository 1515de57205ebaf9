/* observed.c -- how an entry ended, and what it left */
#include "tests/suites/entry/observed.h"

void entry_note_difference(struct entry_observed *observed, enum entry_observation observation,
			   const struct entry_difference *difference)
{
	for (unsigned i = 0; i < observed->count; i++)
		if (observed->observations[i] == observation)
			return;
	if (observed->count == ENTRY_DIFFERENCES)
		return;
	observed->observations[observed->count] = (u8)observation;
	observed->differences[observed->count++] = *difference;
}
