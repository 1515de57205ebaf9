/* watchdog.c -- a guest that never exits is stopped */
#include "vmx/watchdog.h"
#include "kernel/apic_timer.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

#define MISC_TIMER_RATE BITS(4, 0)              /* of IA32_VMX_MISC: log2 of TSC ticks a count */

bool watchdog_by_apic;

static struct {                                 /* of the current VMCS */
	u32 milliseconds;                       /* a guest may run from entry to exit */
	u64 counts;                             /* the same, of the preemption timer */
	bool timer_is_of_test;                  /* the VMX-preemption timer is not the watchdog's */
} terms;

/* Of a guest that is entered again until one of its exits stands. */
static struct {
	u64 until;                              /* TSC; no entry after it.  0: not yet set */
	bool rang_early;
} again;

static u32 vectors_of_test[256 / 32];           /* a bit for each vector */
static bool leaves_vectors;

static u64 apic_deadline;                       /* TSC; earlier alarms are of another entry */

static u64 ticks_in(u32 milliseconds)
{
	return clock_ticks_per_millisecond() * milliseconds;
}

/* Of the VMX-preemption timer. */
static u64 counts_in(u32 milliseconds)
{
	return ticks_in(milliseconds) >> (vmx_capabilities.misc & MISC_TIMER_RATE);
}

/* The timer has 32 bits.  A VM starts without it where it has an erratum (vmx/vm_controls.c). */
static bool by_preemption_timer(u64 pin_based)
{
	return pin_based & PIN_BASED_activate_preemption_timer && !terms.timer_is_of_test &&
	       terms.counts <= ~0u;
}

static bool apic_is_started(void)
{
	static bool started;

	if (!started)
		started = apic_timer_start();
	return started;
}

bool watchdog_review(void)
{
	u64 pin_based = vmcs_read(PIN_BASED_CONTROLS);

	watchdog_by_apic = !by_preemption_timer(pin_based);
	return !watchdog_by_apic ||
	       (pin_based & PIN_BASED_external_interrupt_exiting && apic_is_started());
}

static void set_limit(u32 milliseconds)
{
	terms.milliseconds = milliseconds;
	terms.counts = counts_in(milliseconds);
}

bool watchdog_limit(u32 milliseconds)
{
	set_limit(milliseconds);
	bool usable = watchdog_review();

	if (!watchdog_by_apic)
		vmcs_write(VMX_PREEMPTION_TIMER_VALUE, terms.counts);
	return usable;
}

/* Most VMs start with the limit that the one before had. */
static void limit_as_usual(void)
{
	if (terms.milliseconds != WATCHDOG_MILLISECONDS)
		set_limit(WATCHDOG_MILLISECONDS);
}

void watchdog_leave_vector(u8 vector)
{
	vectors_of_test[vector / 32] |= 1u << vector % 32;
	leaves_vectors = true;
}

bool watchdog_leaves_vector(u8 vector)
{
	return vectors_of_test[vector / 32] >> vector % 32 & 1;
}

/* Few VMs have any. */
static void take_vectors_back(void)
{
	for (unsigned i = 0; i < COUNT(vectors_of_test); i++)
		vectors_of_test[i] = 0;
	leaves_vectors = false;
}

bool watchdog_start(void)
{
	terms.timer_is_of_test = false;
	if (leaves_vectors)
		take_vectors_back();
	interrupts_start();
	limit_as_usual();
	return watchdog_review();
}

u32 watchdog_milliseconds(void)
{
	return terms.milliseconds;
}

/* Where the field does not exist, so that VMWRITE fails, the timer cannot be activated either. */
void watchdog_leave_timer(void)
{
	if (!terms.timer_is_of_test)
		vmwrite(VMX_PREEMPTION_TIMER_VALUE, 0);
	terms.timer_is_of_test = true;
}

u32 watchdog_timer_value(u32 pin_based_controls)
{
	limit_as_usual();
	if (!(pin_based_controls & PIN_BASED_activate_preemption_timer))
		return 0;
	return terms.counts < ~0u ? (u32)terms.counts : ~0u;
}

void watchdog_arm_apic(void)
{
	apic_deadline = tsc_read() + ticks_in(terms.milliseconds) / 2;
	apic_timer_arm(terms.milliseconds);
}

void watchdog_disarm_apic(void)
{
	apic_timer_disarm();
}

/* The vector of the interrupt that caused the exit, acknowledged unless it is the test's: by the
 * exit, or if the exit does not acknowledge, by letting it in. */
static u8 take_interrupt(void)
{
	struct interruption interruption =
		interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION));
	u8 vector = interruption.valid ? interruption.vector : apic_highest(APIC_REQUESTED);

	if (watchdog_leaves_vector(vector))
		return vector;
	if (interruption.valid)
		interrupts_acknowledge(vector);
	else
		interrupts_let_in();
	return vector;
}

static bool alarm_is_early(void)
{
	bool early = !again.rang_early && tsc_read() < apic_deadline;

	again.rang_early = early;
	return early;
}

static bool may_go_on(void)
{
	u64 now = tsc_read();

	if (again.until == 0)
		again.until = now + ticks_in(terms.milliseconds);
	return now < again.until;
}

void watchdog_judge_first(void)
{
	again.until = 0;
	again.rang_early = false;
}

bool watchdog_judge(struct exit *exit)
{
	bool goes_on = false;

	if (exit->reason == EXIT_preemption_timer && terms.timer_is_of_test)
		return false;
	if (exit->reason == EXIT_external_interrupt) {
		u8 vector = take_interrupt();

		if (watchdog_leaves_vector(vector))
			return false;
		if (vector != APIC_TIMER_VECTOR)
			interrupts_note_foreign(vector);
		goes_on = (vector != APIC_TIMER_VECTOR || alarm_is_early()) && may_go_on();
	}
	exit->timed_out = !goes_on;
	return goes_on;
}
