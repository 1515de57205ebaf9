/* case_print.h -- prints a case as a complete scenario, which assembles and runs by itself
 * (docs/scenarios.md)
 */
#ifndef CASE_PRINT_H
#define CASE_PRINT_H

#include "tests/suites/cases/case_judge.h"

/* Prints it to the report, with "  | " before each line.  `origin` is a sentence that says where
 * the case comes from.  The case must be the last that was tried, and `result` the result of that.
 * The scenario expects what the model predicts; what the processor did instead is a comment. */
void case_print(const struct case_memory *memory, const struct test_case *test_case,
		const struct case_result *result, const char *origin);

#endif
