/* pending_interrupt.h -- an external interrupt that is pending when a guest is entered */
#ifndef PENDING_INTERRUPT_H
#define PENDING_INTERRUPT_H

#include "vmx/vm.h"

/* Leaves the timer's interrupt pending in the local APIC; false after skip() if there is none. */
bool pending_interrupt_make(void);

/* Called after a run of the guest that should have exited by the interrupt.  If it did not, the
 * guest runs once more with interrupts on.  The interrupt is over then, for the local APIC, too, so
 * that none is left for later tests. */
void pending_interrupt_take(struct vm *vm);

#endif
