/* clock_choice.h -- when measurements of a clock can be trusted; pure, so the host tests it */
#ifndef CLOCK_CHOICE_H
#define CLOCK_CHOICE_H

#include "kernel/types.h"

#define CLOCK_TRIES 5                           /* measurements, of which two in a row must agree */

/* Whether neither is 0, and whether they differ by at most a sixteenth of the smaller one. */
bool clock_agrees(u64 earlier, u64 later);

/* Measures until two measurements in a row agree, and returns the later of them; 0 if one is 0, or
 * after CLOCK_TRIES. */
u64 clock_measure(u64 (*measure)(void));

/* The TSC's frequency by CPUID.15H, in kHz; 0 if the leaf does not tell it
 * (SDM vol. 2, "CPUID--CPU Identification"). */
u64 clock_by_crystal(u32 denominator, u32 numerator, u32 crystal_hertz);

#endif
