/* case_judge.h -- judges what was observed of a case by what the model predicts */
#ifndef CASE_JUDGE_H
#define CASE_JUDGE_H

#include "tests/suites/cases/case_run.h"

enum case_verdict { CASE_AGREES, CASE_EXCEPTED, CASE_OUTCOME_DIFFERS, CASE_ENTRIES_DIFFER };

/* What was observed, and what the model says of it. */
struct case_result {
	bool known;                             /* whether the model knows the exit */
	u32 exit;                               /* its reason */
	struct model_outcome outcome;           /* if it is known */
	enum case_verdict verdict;
	u32 quirks;                             /* that explain the difference, if CASE_EXCEPTED */
	struct model_access judged;             /* the fetch of the instruction, or its access */
	struct model_prediction prediction;     /* the one that matches, if any does */
	const struct case_entry *entry;         /* the first that differs */
};

static inline bool case_differs(const struct case_result *result)
{
	return result->verdict > CASE_EXCEPTED;
}

/* Fills in the verdict and what follows it.  Memory is as it was before the access, and may be
 * changed. */
void case_judge(struct case_machine *machine, const struct test_case *test_case,
		const struct model *model, struct case_result *result);

#endif
