/* watchdog.h -- a guest that never exits is stopped
 * (SDM vol. 3, "VMX-Preemption Timer"; without one, "APIC Timer" and external-interrupt exiting)
 */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include "vmx/exit.h"

/* How long a guest may run from entry to exit. */
#define WATCHDOG_MILLISECONDS 1000u

/* For the current VMCS, whose controls are set: its preemption timer if that is activated, else the
 * local APIC's.  False if this processor has neither. */
bool watchdog_start(void);
/* The same once the pin-based controls have changed; a timer value that was set stays. */
bool watchdog_review(void);

/* Whether the alarm is the APIC's, which takes more than a field of the VMCS. */
extern bool watchdog_by_apic;
void watchdog_arm_apic(void);
void watchdog_disarm_apic(void);

/* Around each entry. */
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

enum watchdog_verdict {
	WATCHDOG_QUIET,                         /* the exit is the guest's own */
	WATCHDOG_STALE,                         /* the alarm of an earlier entry: enter again */
	WATCHDOG_EXPIRED,                       /* the guest ran for too long */
};
enum watchdog_verdict watchdog_judge_alarm(const struct exit *exit);

static inline enum watchdog_verdict watchdog_judge(const struct exit *exit)
{
	if (exit->reason != EXIT_preemption_timer && exit->reason != EXIT_external_interrupt)
		return WATCHDOG_QUIET;
	return watchdog_judge_alarm(exit);
}

#endif
