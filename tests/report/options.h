/* options.h -- the words of the kernel command line (docs/report.md) */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "kernel/types.h"

enum log_level { LOG_FULL, LOG_SCENARIO, LOG_FAILURES, LOG_QUIET };

/* The order in which tests are played: that of the plan, the same backwards, one made of the seed,
 * or that of the globs which pick them. */
enum play_order { ORDER_PLAN, ORDER_REVERSE, ORDER_RANDOM, ORDER_GIVEN };

/* A piece of the command line. */
struct word {
	const char *start;
	size_t length;
};

/* Takes a word off the line: up to the separator, which is dropped, or to the end. */
struct word word_next(struct word *line, char separator);

struct options {
	enum log_level log;
	struct word run;                /* globs, comma-separated; empty for all */
	u64 from, to;                   /* numbers of the first and last test to run, from 1 on */
	enum play_order order;
	u64 times;                      /* how often each test is played, 1 to 99 */
	u64 seed;                       /* of the order at random, and of cases made at random */
	u64 count;                      /* of these cases; 0: the test chooses it */
	struct word except;             /* quirks that these cases correct for, comma-separated */
	bool list, bench;
	bool census;                    /* each state that the controls make illegal is announced */
	struct word wrong;              /* the first word that is no option; empty if all are */
	const char *allowed;            /* in its place; null if no word is wrong */
};

/* Reads the whole line.  Where a word is wrong, the others still count. */
struct options options_parse(const char *line);

/* The options of this run. */
extern struct options options_of_run;

/* Whether run= picks a test of this name: some glob matches it, and no glob with a leading - does.
 * If all globs have a leading -, they pick every name that none of them matches.  A test on request
 * is picked only by a glob without wildcards before the slash that ends the group's name.  Returns
 * 0 if it is not picked, else which of the globs without a leading - is the first to match, from 1
 * on; 1 if there is none. */
unsigned options_pick(const struct options *options, const char *name, bool on_request);

/* Whether there is no run=, so that every test that is not on request is picked. */
static inline bool options_pick_all(const struct options *options)
{
	return !options->run.length;
}

#endif
