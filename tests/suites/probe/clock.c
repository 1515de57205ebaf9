/* clock.c -- the clocks of this machine, against the one in use */
#include "kernel/clock.h"
#include "kernel/clock_choice.h"
#include "tests/report/test.h"

/* Whether a clock is an eighth faster or slower. */
static bool is_near(u64 found, u64 expected)
{
	return found > expected - expected / 8 && found < expected + expected / 8;
}

/* What CPUID says is left out: emulators say what the real processor's frequency was. */
TEST("probe/clocks_agree", "all clocks that can be measured agree on how fast the TSC counts", "")
{
	const struct clock_source *source, *in_use = clock_in_use();

	if (in_use == NULL) {
		skip("needs a clock");
		return;
	}
	for (unsigned i = 0; (source = clock_source(i)) != NULL; i++) {
		u64 ticks = source->measured ? clock_measure(source->measure) : 0;

		if (ticks != 0)
			note("%s: %lu kHz", source->name, ticks);
		if (ticks != 0 && !is_near(ticks, clock_ticks_per_millisecond()))
			FAIL("by the %s the TSC counts with %lu kHz, by the %s with %lu",
			     source->name, ticks, in_use->name, clock_ticks_per_millisecond());
	}
}
