/* pending_interrupt.h -- an external interrupt that is pending when a guest is entered */
#ifndef PENDING_INTERRUPT_H
#define PENDING_INTERRUPT_H

#include "vmx/vm.h"

/* Why a test that needs one is skipped. */
#define NO_LOCAL_APIC "needs a local APIC that is enabled or can be (IA32_APIC_BASE[11])"

/* Leaves an interrupt of that vector pending in the local APIC; false after skip() if there is no
 * local APIC. */
bool pending_interrupt_leave(u8 vector);

/* The same for a vector whose exits are those of the test, and nothing that the watchdog judges. */
bool pending_interrupt_make(void);

/* Called after a run of the guest that should have exited by the interrupt.  If it did not, the
 * guest runs once more with interrupts on.  The interrupt is over then, for the local APIC, too, so
 * that none is left for later tests. */
void pending_interrupt_take(struct vm *vm);

#endif
