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

enum entry_observation {
#define OBSERVATION(name, ...) ENTRY_OBSERVATION_##name,
#include "tests/suites/entry/observations.def"
#undef OBSERVATION
	ENTRY_OBSERVATIONS,
	/* Of no table: the guest goes on as that of the base, which has a test of its own. */
	ENTRY_GOES_ON = ENTRY_OBSERVATIONS
};

struct entry_difference {
	bool exists;
	u16 field;                              /* its encoding, unless it is something else: */
	const char *what;                       /* not null */
	u64 found, expected;
};

/* At most so many of the observations of one case are kept that find a difference. */
#define ENTRY_DIFFERENCES 6

struct entry_observed {
	struct entry_outcome outcome;
	u32 reason;                             /* the exit reason, of an entry that succeeded */
	u32 count;                              /* of the differences */
	u8 observations[ENTRY_DIFFERENCES];
	struct entry_difference differences[ENTRY_DIFFERENCES];
};

/* Notes that what was found is not what was expected, unless something else is noted already of the
 * same observation. */
void entry_note_difference(struct entry_observed *observed, enum entry_observation observation,
			   const struct entry_difference *difference);
static inline void entry_compare(struct entry_observed *observed,
				 enum entry_observation observation, const char *what, u64 found,
				 u64 expected)
{
	if (found != expected)
		entry_note_difference(observed, observation, &(struct entry_difference){
			.exists = true, .what = what, .found = found, .expected = expected,
		});
}
static inline void entry_compare_field(struct entry_observed *observed,
				       enum entry_observation observation, u16 field, u64 found,
				       u64 expected)
{
	if (found != expected)
		entry_note_difference(observed, observation, &(struct entry_difference){
			.exists = true, .field = field, .found = found, .expected = expected,
		});
}

#endif
