/* report.h -- a case of VM entry in words */
#ifndef REPORT_H
#define REPORT_H

#include "tests/suites/entry/matrix.h"

/* Fails the test with the first of the wrong cases. */
void entry_report(const struct entry_result *result);

#endif
