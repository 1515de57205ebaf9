/* report.h -- the report: TAP version 13 on the serial line (docs/report.md)
 *
 * Tests speak through test.h; main.c drives the rest.
 */
#ifndef REPORT_H
#define REPORT_H

#include "kernel/types.h"
#include "tests/options.h"

void report_start(enum log_level level);        /* the version line */
void report_plan(unsigned count);

/* Opens and closes a test: `# start N - name` ... `ok N - name`. */
void report_test_start(unsigned number, const char *name);
void report_test_end(void);

/* One line of free text, `# text`, wherever the log level shows diagnostics. */
__attribute__((format(printf, 1, 2))) void report_line(const char *format, ...);

/* An exit happened: for the summary. */
void report_count_exit(void);

struct report_totals {
	unsigned passed, failed, skipped;
	u64 exits;
};
struct report_totals report_totals(void);
void report_summary(u64 milliseconds);

#endif
