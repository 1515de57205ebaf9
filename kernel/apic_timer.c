/* apic_timer.c -- the local APIC's timer as a one-shot alarm */
#include "kernel/apic_timer.h"
#include "kernel/clock.h"
#include "kernel/clock_choice.h"
#include "kernel/cpu.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"

#define DIVIDE_BY_16 3
#define MILLISECONDS 8                          /* that a measurement takes */

static u64 counts_per_millisecond;

static u64 measure(void)
{
	u64 start = tsc_read(), ticks = MILLISECONDS * clock_ticks_per_millisecond();

	apic_write(APIC_INITIAL_COUNT, ~0u);
	while (tsc_read() - start < ticks)
		asm volatile ("pause");
	return (~0u - apic_read(APIC_CURRENT_COUNT)) / MILLISECONDS;
}

static void set_up(u8 vector)
{
	apic_write(APIC_DIVIDE, DIVIDE_BY_16);
	apic_write(APIC_LVT_TIMER, vector);
}

bool apic_timer_start(void)
{
	if (!interrupts_start())
		return false;
	set_up(APIC_TIMER_VECTOR);
	counts_per_millisecond = clock_measure(measure);
	apic_timer_disarm();
	return counts_per_millisecond != 0;
}

void apic_timer_arm(u32 milliseconds)
{
	u64 count = milliseconds * counts_per_millisecond;

	apic_write(APIC_INITIAL_COUNT, count < ~0u ? (u32)count : ~0u);
}

bool apic_timer_interrupt(u8 vector, u32 milliseconds)
{
	if (counts_per_millisecond == 0 && !apic_timer_start())
		return false;
	set_up(vector);
	apic_timer_arm(milliseconds);
	return true;
}

void apic_timer_disarm(void)
{
	apic_write(APIC_INITIAL_COUNT, 0);
}

void apic_timer_restore(void)
{
	if (counts_per_millisecond == 0)
		return;
	set_up(APIC_TIMER_VECTOR);
	apic_timer_disarm();
}
