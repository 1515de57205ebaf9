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

/* Around each entry. */
void watchdog_arm(void);
void watchdog_disarm(void);

enum watchdog_verdict {
	WATCHDOG_QUIET,                         /* the exit is the guest's own */
	WATCHDOG_STALE,                         /* the alarm of an earlier entry: enter again */
	WATCHDOG_EXPIRED,                       /* the guest ran for too long */
};
enum watchdog_verdict watchdog_judge(const struct exit *exit);

#endif
