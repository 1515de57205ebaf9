/* options.h -- the words of the kernel command line (docs/report.md) */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "kernel/types.h"

enum log_level { LOG_FULL, LOG_FAILURES, LOG_QUIET };

struct options {
	enum log_level log;
	const char *run;                /* globs, comma-separated, "" for all; not zero-terminated */
	size_t run_length;
	unsigned from;                  /* number of the first test to run, at least 1 */
	u64 seed, count;                /* for tests made at random; count 0: the test's own choice */
	bool list, bench;
};

/* Parses the whole line; false with *wrong and *wrong_length at the first word it does not know,
 * and *reason saying what is allowed. */
bool options_parse(const char *line, struct options *options,
		   const char **wrong, size_t *wrong_length, const char **reason);

/* Whether run= picks a test of this name: some glob matches, and no glob with a leading - does.
 * With only leading - globs, or none, everything else is picked.  *named: a glob without a leading -
 * matched, which is what an on-request test asks for. */
bool options_pick(const struct options *options, const char *name, bool *named);

#endif
