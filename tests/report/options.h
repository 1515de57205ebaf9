/* options.h -- the words of the kernel command line (docs/report.md) */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "kernel/types.h"

enum log_level { LOG_FULL, LOG_FAILURES, LOG_QUIET };

/* A piece of the command line. */
struct word {
	const char *start;
	size_t length;
};

struct options {
	enum log_level log;
	struct word run;                /* globs, comma-separated; empty for all */
	u64 from;                       /* number of the first test to run, at least 1 */
	u64 seed, count;                /* of cases made at random; count 0: the test chooses it */
	struct word except;             /* quirks that these cases correct for, comma-separated */
	bool list, bench;
	struct word wrong;              /* the first word that is no option; empty if all are */
	const char *allowed;            /* in its place; null if no word is wrong */
};

/* Reads the whole line.  Where a word is wrong, the others still count. */
struct options options_parse(const char *line);

/* The options of this run. */
extern struct options options_of_run;

/* Whether run= picks a test of this name: some glob matches it, and no glob with a leading - does.
 * If all globs have a leading -, they pick every name that none of them matches.  A test on request
 * is picked only by a glob without wildcards before the slash that ends the group's name. */
bool options_pick(const struct options *options, const char *name, bool on_request);

/* Whether there is no run=, so that every test that is not on request is picked. */
static inline bool options_pick_all(const struct options *options)
{
	return !options->run.length;
}

#endif
