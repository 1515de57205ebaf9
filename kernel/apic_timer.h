/* apic_timer.h -- the local APIC's timer as a one-shot alarm (SDM vol. 3, "APIC Timer")
 *
 * The kernel never takes its interrupt, as interrupts stay off in the kernel.  A guest that runs
 * when the interrupt arrives exits.
 */
#ifndef APIC_TIMER_H
#define APIC_TIMER_H

#include "kernel/types.h"

#define APIC_TIMER_VECTOR 0xfe

/* Enables the local APIC and measures its timer; false if there is none. */
bool apic_timer_start(void);

/* Asks for one interrupt, after so many milliseconds. */
void apic_timer_arm(u32 milliseconds);
/* Asks for none any more; an interrupt that is already pending stays pending. */
void apic_timer_disarm(void);
/* Tells the APIC that the interrupt was delivered (EOI). */
void apic_timer_acknowledge(void);

#endif
