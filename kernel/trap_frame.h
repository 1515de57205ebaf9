/* trap_frame.h -- what was interrupted by an exception or interrupt: its registers, as traps.asm
 * pushes them (SDM vol. 3, "64-Bit Mode Stack Frame")
 */
#ifndef TRAP_FRAME_H
#define TRAP_FRAME_H

#include "kernel/types.h"

struct trap_frame {
	u64 r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
	u64 vector, error;
	u64 rip, cs, rflags, rsp, ss;
};

#endif
