/* clock.c -- time, from the time-stamp counter and the PIT that says how fast it counts */
#include "kernel/clock.h"

#include "drivers/port.h"
#include "kernel/cpu.h"

u64 start_tsc;                                  /* boot.asm stores it */

/* Channel 2 of the 8254, as its gate and its output can be had at port 61H. */
enum {
	PIT_CHANNEL_2   = 0x42,
	PIT_COMMAND     = 0x43,
	COMMAND_ONCE    = 0xb0,                 /* channel 2, both bytes, mode 0: OUT rises at 0 */
	PER_MILLISECOND = 1193,

	CONTROL         = 0x61,
	CONTROL_GATE_2  = 1 << 0,
	CONTROL_SPEAKER = 1 << 1,
	CONTROL_OUT_2   = 1 << 5,

	POLLS_MAX       = 1 << 17,              /* more than a millisecond if each takes 10 ns */
};

static bool output_is_high(void)
{
	return port_read8(CONTROL) & CONTROL_OUT_2;
}

static void count_one_millisecond(void)
{
	u8 control = port_read8(CONTROL);

	port_write8(CONTROL, (u8)((control & ~CONTROL_SPEAKER) | CONTROL_GATE_2));
	port_write8(PIT_COMMAND, COMMAND_ONCE);
	port_write8(PIT_CHANNEL_2, PER_MILLISECOND & 0xff);
	port_write8(PIT_CHANNEL_2, PER_MILLISECOND >> 8);
}

/* TSC ticks in a millisecond; 0 if the PIT's output does not go from low to high. */
static u64 measure(void)
{
	count_one_millisecond();
	u64 start = tsc_read();

	if (output_is_high())
		return 0;
	for (unsigned polls = 0; polls < POLLS_MAX; polls++)
		if (output_is_high())
			return tsc_read() - start;
	return 0;
}

u64 clock_ticks_per_millisecond(void)
{
	static bool measured;
	static u64 ticks;

	if (!measured)
		ticks = measure();
	measured = true;
	return ticks;
}

u64 clock_milliseconds(u64 ticks)
{
	u64 per_millisecond = clock_ticks_per_millisecond();

	return per_millisecond == 0 ? 0 : ticks / per_millisecond;
}
