/* judge.h -- what a case says about the rules, and which of them are to blame if it is wrong */
#ifndef JUDGE_H
#define JUDGE_H

#include "tests/suites/entry/results.h"

/* A base that cases are tried in. */
struct entry_trial {
	struct entry_machine machine;
	struct entry_set base_rules;            /* what the base violates: none if it is legal */
	struct entry_example {
		struct entry_twist twist;       /* violates a rule alone, and was refused rightly */
		bool known;
	} examples[ENTRY_RULES];
	bool in_pairs;                          /* of rules, which are judged for themselves */
	struct entry_results *results;
};

/* While the state is that of the case. */
void entry_judge(struct entry_trial *trial, const struct entry_case *tried,
		 const struct entry_set *violated, const struct entry_observed *observed);

/* The same for a pair of rules each of which is refused rightly alone. */
void entry_judge_pair(struct entry_trial *trial, const struct entry_case *tried,
		      const struct entry_set *violated, const struct entry_observed *observed);

#endif
