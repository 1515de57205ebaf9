/* guarded.h -- instructions that may fault, as functions that return whether they did
 *
 * Each returns 0, or OUTCOME_FAULTED + vector (traps.h) when it faulted and did nothing.
 */
#ifndef GUARDED_H
#define GUARDED_H

#include "kernel/types.h"

unsigned try_rdmsr(u32 msr, u64 *value);
unsigned try_wrmsr(u32 msr, u64 value);
unsigned try_write_cr0(u64 value);
unsigned try_write_cr4(u64 value);
unsigned try_read(const void *address, u8 *value);
unsigned try_write(void *address, u8 value);
unsigned try_call(const void *code);            /* calls it; it must end in RET */

/* Runs the code at CPL 3, or in compatibility mode (CS.L = 0, CPL 0), with RDI = operand until it
 * faults.  Returns 0 if it reached its end without a fault.  The code stands in section .user
 * (progbits alloc exec nowrite align=16), has no stack at CPL 3, and ends with JMP user_end: the
 * UD2 there brings it back. */
unsigned run_at_user_privilege(const void *code, u64 operand);
unsigned run_in_compatibility_mode(const void *code, u64 operand);

/* For traps.c: the stack of the function that runs foreign code, 0 while none does; where to go
 * back to; and the UD2 at which foreign code ends. */
extern u64 guarded_stack;
extern const u8 guarded_return[];
extern const u8 user_end[];

#endif
