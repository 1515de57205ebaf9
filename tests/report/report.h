/* report.h -- the report: TAP version 13 on the serial line (docs/report.md)
 *
 * Tests report through test.h; the program that runs them reports through this header.
 */
#ifndef REPORT_H
#define REPORT_H

#include "kernel/types.h"
#include "tests/report/options.h"

void report_start(enum log_level level);        /* TAP's version line */
void report_plan(u64 count);
void report_skip_all(const char *reason);       /* the plan of a run in which nothing can run */

/* Opens a test, `# start N - name`, and closes it with its verdict, `ok N - name`. */
void report_test_start(u64 number, const char *name);
void report_test_end(void);

/* Whether the open test has neither failed nor been skipped so far. */
bool report_test_passes(void);

/* Whether diagnostics are printed at all: false with log=quiet. */
bool report_wants_notes(void);

/* Whether those about the processor's capabilities are: false with log=quiet and log=scenario. */
bool report_wants_capabilities(void);

struct report_totals {
	u64 passed, failed, skipped;
	u64 exits;
	u64 first_verdict;                      /* TSC ticks from kernel entry; 0: none yet */
};
extern struct report_totals report_totals;

void report_summary(u64 milliseconds);
/* Instead of the summary: the rest has to run in another boot, as only a reset gives back what is
 * lost. */
void report_next_boot(const char *lost);

#endif
