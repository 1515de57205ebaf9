/* watchdog.h -- a guest that never exits is stopped
 * (SDM vol. 3, "VMX-Preemption Timer"; without one, "APIC Timer" and external-interrupt exiting)
 */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include "vmx/exit.h"

/* How long a guest may run from entry to exit. */
#define WATCHDOG_MILLISECONDS 1000u

/* Chooses and sets the alarm for the current VMCS, whose controls must be written: its preemption
 * timer if that is activated, else the local APIC's.  False if this processor has neither. */
bool watchdog_start(void);
/* Chooses again, after the pin-based controls have changed; a timer value that was set stays. */
bool watchdog_review(void);

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

/* Judges an exit by an alarm.  True if the alarm was that of an earlier entry, so that the guest
 * must be entered again; else the guest has timed out, which is noted in the exit. */
bool watchdog_judge(struct exit *exit);

static inline bool watchdog_was_stale(struct exit *exit)
{
	bool alarm = exit->reason == EXIT_preemption_timer ||
		     exit->reason == EXIT_external_interrupt;

	return alarm && watchdog_judge(exit);
}

#endif
