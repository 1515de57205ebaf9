/* report.h -- a case of VM entry in words */
#ifndef REPORT_H
#define REPORT_H

#include "kernel/print.h"
#include "tests/suites/entry/matrix.h"

/* "exit 33 with qualification 0", and what is wrong besides. */
void entry_add_observed(struct text *text, const struct entry_observed *observed);

/* Fails the test with the first of the wrong cases. */
void entry_report(const struct entry_result *result);

#endif
