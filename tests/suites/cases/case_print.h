/* case_print.h -- a case as a complete scenario, which assembles and runs by itself
 * (docs/scenarios.md) */
#ifndef CASE_PRINT_H
#define CASE_PRINT_H

#include "tests/suites/cases/case_run.h"

/* Prints it to the report, each line behind "  | ".  `origin` is a sentence: where the case comes
 * from.  The case is the one that machine and result are of: case_try() was the last that was done.
 * The scenario expects what the model says; what the processor did stands there as a comment. */
void case_print(const struct case_memory *memory, const struct ept_case *that,
		const struct case_result *result, const char *origin);

#endif
