/* watchdog.c -- a guest that never exits is stopped */
#include "vmx/watchdog.h"
#include "kernel/apic_timer.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

#define MISC_TIMER_RATE BITS(4, 0)              /* of IA32_VMX_MISC: log2 of TSC ticks a count */

bool watchdog_by_apic;

static u64 apic_deadline;                       /* TSC; earlier alarms are of another entry */

/* For machines whose PIT cannot measure the TSC: 2 GHz, which is wrong by a small factor at
 * most. */
#define LIKELY_TICKS_PER_MILLISECOND (1ul << 21)

static u64 limit_in_ticks(void)
{
	u64 per_millisecond = clock_ticks_per_millisecond();

	return (per_millisecond ? per_millisecond : LIKELY_TICKS_PER_MILLISECOND) *
	       WATCHDOG_MILLISECONDS;
}

bool watchdog_review(void)
{
	static bool apic_started;

	watchdog_by_apic = !(vmcs_read(PIN_BASED_CONTROLS) & PIN_BASED_activate_preemption_timer);
	if (watchdog_by_apic && !apic_started)
		apic_started = apic_timer_start();
	return !watchdog_by_apic || apic_started;
}

bool watchdog_start(void)
{
	bool usable = watchdog_review();
	u64 count = limit_in_ticks() >> (vmx_capabilities.misc & MISC_TIMER_RATE);

	if (!watchdog_by_apic)
		vmcs_write(VMX_PREEMPTION_TIMER_VALUE, count < ~0u ? count : ~0u);
	return usable;
}

void watchdog_arm_apic(void)
{
	apic_deadline = tsc_read() + limit_in_ticks() / 2;
	apic_timer_arm(WATCHDOG_MILLISECONDS);
}

void watchdog_disarm_apic(void)
{
	apic_timer_disarm();
}

static bool is_apic_timer(void)
{
	struct interruption interruption;

	if (!watchdog_by_apic)
		return false;
	interruption = interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION));
	return interruption.valid && interruption.vector == APIC_TIMER_VECTOR;
}

bool watchdog_judge(struct exit *exit)
{
	if (exit->reason == EXIT_preemption_timer) {
		exit->timed_out = true;
		return false;
	}
	if (!is_apic_timer())
		return false;
	apic_timer_acknowledge();
	exit->timed_out = tsc_read() >= apic_deadline;
	return !exit->timed_out;
}
