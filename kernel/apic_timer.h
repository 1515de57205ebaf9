/* apic_timer.h -- the local APIC's timer as a one-shot alarm (SDM vol. 3, "APIC Timer")
 *
 * Its interrupt is never taken: interrupts stay off in the kernel, and a guest that runs when it
 * arrives exits.
 */
#ifndef APIC_TIMER_H
#define APIC_TIMER_H

#include "kernel/types.h"

#define APIC_TIMER_VECTOR 0xfe

/* Enables the local APIC and measures its timer; false if there is none. */
bool apic_timer_start(void);

/* One interrupt, after so many milliseconds. */
void apic_timer_arm(u32 milliseconds);
/* None any more; one that is pending already stays so. */
void apic_timer_disarm(void);
/* The interrupt was delivered: end of interrupt. */
void apic_timer_acknowledge(void);

#endif
