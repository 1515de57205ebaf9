/* coverage.h -- which rules the random cases of VM entry violated, and which of them alone */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "tests/suites/entry/attempt.h"

struct entry_coverage {
	u32 violated[ENTRY_RULES], alone[ENTRY_RULES];
	u64 sizes[3];                           /* cases with no rule, with one, with more */
	u64 ends[ENTRY_FAILS + 1];
	u64 cases;
};

/* A case that was run. */
void entry_coverage_add(struct entry_coverage *coverage, const struct entry_case *tried,
			const struct entry_attempt *attempt);

/* Tells it; `each` also how often each rule was violated, and violated alone. */
void entry_coverage_note(const struct entry_coverage *coverage, bool each);

/* Fails the test if the cases are too much alike to test anything. */
void entry_coverage_expect_variety(const struct entry_coverage *coverage);

#endif
