/* clock.h -- time, from the time-stamp counter and the PIT that says how fast it counts */
#ifndef CLOCK_H
#define CLOCK_H

#include "kernel/types.h"

/* The time-stamp counter at the kernel's first instructions. */
extern u64 start_tsc;

/* Both are 0 on a machine where no PIT counts; the first call takes a millisecond. */
u64 clock_ticks_per_millisecond(void);          /* of the TSC */
u64 clock_milliseconds(u64 ticks);              /* the TSC ticks as milliseconds, rounded down */

#endif
