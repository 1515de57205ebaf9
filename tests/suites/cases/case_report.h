/* case_report.h -- what is told of a case on which model and processor disagree */
#ifndef CASE_REPORT_H
#define CASE_REPORT_H

#include "tests/suites/cases/case_run.h"

/* Makes the case as small as it gets while it still disagrees, and prints it as a scenario.  The
 * result is its result in the end.  `origin` is a sentence: where the case comes from. */
void case_report(struct case_machine *machine, struct ept_case *that, struct case_result *result,
		 const char *origin);

/* The same for a case that was seen elsewhere, on a machine made for it. */
void case_report_from(const struct ept_case *that, const char *origin);

#endif
