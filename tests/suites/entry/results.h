/* results.h -- what the cases of VM entry said about rules, bases, and the order of checks */
#ifndef RESULTS_H
#define RESULTS_H

#include "tests/suites/entry/observed.h"

#define ENTRY_RULES_TOLD    4
#define ENTRY_MATRIX_TWISTS 2                   /* of a case of the matrix at most */

/* A case that did not end as the model says, kept for when its test is reported. */
struct entry_failure {
	const struct entry_base *base;
	struct entry_twist twists[ENTRY_MATRIX_TWISTS];
	struct entry_outcome outcome;
	struct entry_difference difference;     /* of what it left, if that is what is wrong */
	u32 reason;                             /* the exit reason, if it succeeded */
	u16 violated[ENTRY_RULES_TOLD];         /* the first of them */
	u16 violated_count;
	u8 count;                               /* of the twists */
	bool poisoned;
};

/* Of the cases that say something about a rule, a base, or the order of checks. */
struct entry_result {
	u32 cases, wrong;
	const struct entry_failure *first;      /* of those that are wrong; null: no room for it */
};

struct entry_base_result {
	const char *lacks;                      /* what the processor lacks for the base, or null */
	bool uncontained;                       /* too little poison works to try any case */
	bool left_out;                          /* entries take too long here to try it unasked */
	struct entry_result result;
	u32 cases;                              /* all of the base */
	bool changed;                           /* a field of the VMCS is not as it was before */
	enum entry_field changed_field;
};

struct entry_results {
	u32 cases;
	struct entry_processor processor;
	u64 ticks;                              /* of the time-stamp counter, for all */
	unsigned poisons;                       /* that the processor refuses */
	unsigned poisons_used;                  /* kinds of them that were in use */
	bool some_left_out;                     /* bases, or pairs of rules */
	struct entry_result rules[ENTRY_RULES]; /* `cases`: in which it was violated alone */
	struct entry_base_result bases[ENTRY_BASES];
	struct entry_result fields[ENTRY_FIELDS];       /* of legal values of these */
	struct entry_result pairs;
	u32 ends[ENTRY_FAILS + 1];              /* cases by their end, where it is a right one */
	struct entry_result observations[ENTRY_OBSERVATIONS];
	struct entry_result launch_state;
};

/* Counts a wrong case, and keeps it if it is the first.  The difference is what it left, or null if
 * the end of the entry is wrong. */
void entry_result_keep(struct entry_result *result, const struct entry_base *base,
		       const struct entry_case *tried, const struct entry_set *violated,
		       const struct entry_observed *observed,
		       const struct entry_difference *difference);

#endif
