/* report.h -- a case of VM entry in words */
#ifndef REPORT_H
#define REPORT_H

#include "kernel/print.h"
#include "tests/suites/entry/matrix.h"

/* "exit 33 with qualification 0", and the difference, if it exists.  The exit reason is that of an
 * entry that succeeded. */
void entry_add_end(struct text *text, const struct entry_outcome *outcome, u32 reason,
		   const struct entry_difference *difference);

/* Fails the test with the first of the wrong cases. */
void entry_report(const struct entry_result *result);

#endif
