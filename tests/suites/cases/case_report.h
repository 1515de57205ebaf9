/* case_report.h -- reports a case on which model and processor disagree */
#ifndef CASE_REPORT_H
#define CASE_REPORT_H

#include "tests/suites/cases/case_judge.h"

/* Makes the case as small as it can be while they still disagree, and prints it as a scenario.
 * `result` is its result then.  `origin` is a sentence that says where the case comes from. */
void case_report(struct case_machine *machine, struct test_case *test_case,
		 struct case_result *result, const char *origin);

#endif
