/* clock_choice.c -- when measurements of a clock can be trusted */
#include "kernel/clock_choice.h"

bool clock_agrees(u64 earlier, u64 later)
{
	u64 smaller = earlier < later ? earlier : later;
	u64 larger = earlier < later ? later : earlier;

	return smaller != 0 && larger - smaller <= smaller / 16;
}

u64 clock_measure(u64 (*measure)(void))
{
	u64 earlier = measure();

	for (unsigned tries = 1; earlier != 0 && tries < CLOCK_TRIES; tries++) {
		u64 later = measure();
		if (clock_agrees(earlier, later))
			return later;
		earlier = later;
	}
	return 0;
}

u64 clock_by_crystal(u32 denominator, u32 numerator, u32 crystal_hertz)
{
	return denominator == 0 ? 0 : (u64)crystal_hertz * numerator / denominator / 1000;
}
