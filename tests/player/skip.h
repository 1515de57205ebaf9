/* skip.h -- the guest goes on as if the instruction that exited had completed */
#ifndef SKIP_H
#define SKIP_H

/* Moves the guest of the current VMCS past the instruction and does what its completion does
 * besides (SDM vol. 3, "Masking Exceptions and Interrupts When Switching Stacks", "Single-Step
 * Exception Condition", "Pending Debug Exceptions"; vol. 1, "System Flags and IOPL Field"):
 * blocking by STI and by MOV SS ends, RFLAGS.RF is cleared, and with RFLAGS.TF = 1 and
 * IA32_DEBUGCTL.BTF = 0 a single step becomes pending.  Only after exits that tell the length of
 * the instruction. */
void skip_completed(void);

#endif
