/* watchdog.h -- a guest that never exits is stopped
 * (SDM vol. 3, "VMX-Preemption Timer"; without one, "APIC Timer" and external-interrupt exiting)
 */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include "vmx/exit.h"

/* How long a guest may run from entry to exit, unless watchdog_limit() says something else. */
#define WATCHDOG_MILLISECONDS 1000u

/* Chooses the alarm for the current VMCS, whose controls must be written: its preemption timer if
 * that is activated and can be trusted, else the local APIC's, whose interrupt must exit.  False if
 * there is neither.  Before that it makes what a firmware left quiet (kernel/interrupts.h). */
bool watchdog_start(void);
/* VMX_PREEMPTION_TIMER_VALUE of a VM that starts with these controls; 0 if it has no such timer. */
u32 watchdog_timer_value(u32 pin_based_controls);
/* Chooses again, after the pin-based controls or whose timer it is have changed; a timer value that
 * was set stays. */
bool watchdog_review(void);

/* Lets the guest of the current VMCS run so long from entry to exit; false as above. */
bool watchdog_limit(u32 milliseconds);
u32 watchdog_milliseconds(void);

/* Leaves the preemption timer of the current VMCS to the test, with the value 0: from now on its
 * exits are the test's.  watchdog_review() then finds the other alarm. */
void watchdog_leave_timer(void);

/* Whether the alarm is the APIC's, which must be armed at each entry; the preemption timer need
 * not. */
extern bool watchdog_by_apic;
void watchdog_arm_apic(void);
void watchdog_disarm_apic(void);

/* Called before an entry, and after it. */
static inline void watchdog_arm(void)
{
	if (watchdog_by_apic)
		watchdog_arm_apic();
}

static inline void watchdog_disarm(void)
{
	if (watchdog_by_apic)
		watchdog_disarm_apic();
}

/* From now on, until the next VM starts, exits by interrupts of this vector belong to the test,
 * which causes such interrupts itself, and acknowledges them. */
void watchdog_leave_vector(u8 vector);
bool watchdog_leaves_vector(u8 vector);

/* Judges an exit after the guest's own entry, and then those after each further entry.  True if it
 * is to be entered again: for an alarm that was due before the entry, and for an interrupt that
 * nobody has asked for.  Else the exit stands; if the guest has timed out, that is noted in it.
 * An alarm that rings early twice in a row is real, and a guest that was entered again for as long
 * as it may run has timed out. */
void watchdog_judge_first(void);
bool watchdog_judge(struct exit *exit);

static inline bool watchdog_goes_on(struct exit *exit)
{
	bool from_outside = exit->reason == EXIT_preemption_timer ||
			    exit->reason == EXIT_external_interrupt;

	return from_outside && watchdog_judge(exit);
}

#endif
