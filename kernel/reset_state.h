/* reset_state.h -- state of the processor that a firmware or boot loader may have changed
 * (SDM vol. 3, "Processor State After Reset")
 */
#ifndef RESET_STATE_H
#define RESET_STATE_H

#include "kernel/flags.h"
#include "kernel/types.h"

/* IA32_PAT at reset, and IA32_EFER as boot.asm sets it. */
#define PAT_AT_RESET 0x0007040600070406ull
#define KERNEL_EFER  (EFER_LME | EFER_LMA | EFER_NXE)

/* The kernel's control registers, outside of VMX operation, from reset_state_keep() on. */
u64 kernel_cr0(void);
u64 kernel_cr3(void);
u64 kernel_cr4(void);

/* Notes them: the kernel has set all of their bits by then. */
void reset_state_keep(void);

/* Gives the debug registers and IA32_PAT their values at reset, and sets the MSRs of
 * reset_state.def to 0.  boot.asm has set the control registers, IA32_EFER and RFLAGS before.
 * Needs traps_start(). */
void reset_state_load(void);

#endif
