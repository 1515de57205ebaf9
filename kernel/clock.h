/* clock.h -- time, from the time-stamp counter and the first source that says how fast it counts */
#ifndef CLOCK_H
#define CLOCK_H

#include "kernel/types.h"

/* The time-stamp counter at the kernel's first instructions. */
extern u64 start_tsc;

/* One row of clock.def. */
struct clock_source {
	const char *name;
	/* TSC ticks in a millisecond; 0 if this machine does not have the source, or if it stands
	 * still.  Takes some milliseconds. */
	u64 (*measure)(void);
	bool measured;                          /* else it is only said, by CPUID */
};

/* By the order in which they are tried; null behind the last one. */
const struct clock_source *clock_source(unsigned which);

/* The source in use: the first one that twice in a row measured nearly the same.  Null if there is
 * none, so that 2^21 ticks are taken for a millisecond.  The first call measures. */
const struct clock_source *clock_in_use(void);

u64 clock_ticks_per_millisecond(void);          /* of the TSC; never 0 */
u64 clock_milliseconds(u64 ticks);              /* the TSC ticks as milliseconds, rounded down */

/* To be called before and after each guest that may write the TSC.  Where the TSC went back since
 * the last call, or on by more than an hour, it is taken to have jumped, and this step does not
 * count. */
void clock_step(void);

u64 clock_elapsed(void);                        /* milliseconds since start_tsc, without jumps */

#endif
