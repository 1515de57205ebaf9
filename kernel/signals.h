/* signals.h -- events that this processor sends to itself, for a guest to find when it is entered
 * (SDM vol. 3, "Issuing Interprocessor Interrupts")
 *
 * The kernel takes none of them while it runs, so each waits for the next VM entry: interrupts are
 * off, NMIs are blocked, and VMX root operation blocks INIT.  They need a local APIC; false if
 * there is none, and then nothing is sent.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "kernel/types.h"

/* An interrupt; the local APIC lets in all of its priority and above from then on. */
bool signal_interrupt(u8 vector);
/* The same by the local APIC's timer, after so many milliseconds; false as well if that does not
 * count. */
bool signal_interrupt_later(u8 vector, u32 milliseconds);
/* An NMI. */
bool signal_nmi(void);
/* INIT; only a VM exit takes it back. */
bool signal_init(void);

#endif
