/* traps.h -- a fault with a fix-up is reported to its code; any other fault ends the run
 * (SDM vol. 3, "Interrupt and Exception Handling")
 */
#ifndef TRAPS_H
#define TRAPS_H

#include "kernel/exceptions.h"
#include "kernel/types.h"

/* What a guarded instruction that faulted returns, plus the vector (`try` of fixup.inc). */
#define OUTCOME_FAULTED 0x200u

/* The error code of the last fault that did not end the run; 0 for vectors that have none. */
extern u64 trap_last_error;

/* The linear address of the last page fault that did not end the run. */
extern u64 trap_last_address;

/* Loads GDT, TSS and IDT; double fault, NMI and machine check get stacks of their own
 * (IST). */
void traps_start(void);

#endif
