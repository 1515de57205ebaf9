/* apic_timer.h -- the local APIC's timer as a one-shot alarm (SDM vol. 3, "APIC Timer")
 *
 * The kernel never waits for its interrupt, as interrupts stay off in the kernel.  A guest that
 * runs when the interrupt arrives exits.
 */
#ifndef APIC_TIMER_H
#define APIC_TIMER_H

#include "kernel/types.h"

#define APIC_TIMER_VECTOR 0xfe

/* Enables the local APIC and measures its timer; false if there is none that counts evenly. */
bool apic_timer_start(void);

/* Asks for one interrupt, after so many milliseconds. */
void apic_timer_arm(u32 milliseconds);
/* The same, but of another vector until apic_timer_restore(); false if the timer does not count. */
bool apic_timer_interrupt(u8 vector, u32 milliseconds);
/* Asks for none any more; an interrupt that is already pending stays pending. */
void apic_timer_disarm(void);

/* Makes the timer what apic_timer_start() made it, if it did, and disarms it: the local APIC may
 * have been started again. */
void apic_timer_restore(void);

#endif
