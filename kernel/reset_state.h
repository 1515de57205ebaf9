/* reset_state.h -- the state of the processor in which every test runs: what a firmware, a boot
 * loader or the test before may have changed is given back
 * (SDM vol. 3, "Processor State After Reset")
 */
#ifndef RESET_STATE_H
#define RESET_STATE_H

#include "kernel/flags.h"
#include "kernel/types.h"

/* IA32_PAT at reset, and IA32_EFER as boot.asm sets it. */
#define PAT_AT_RESET 0x0007040600070406ull
#define KERNEL_EFER  (EFER_LME | EFER_LMA | EFER_NXE)

/* Called at the start, when boot.asm has set the control registers, IA32_EFER and RFLAGS.  Gives
 * CR2, the debug registers, XCR0, x87, SSE and PKRU the values that they have after each test, and
 * the MSRs of reset_state.def theirs.  Needs traps_start(). */
void reset_state_load(void);

/* Notes the control registers, all of whose bits the kernel has set by then, and the MSRs that are
 * to be as they were found. */
void reset_state_keep(void);

/* The control registers that were noted. */
u64 kernel_cr0(void);
u64 kernel_cr3(void);
u64 kernel_cr4(void);

/* Gives back all that a test can have changed, but for CR0 and CR4, which depend on VMX operation:
 * CR2, CR3, debug registers, descriptor tables, segment registers, RFLAGS, blocking by NMI, MSRs,
 * x87, SSE and PKRU.  The MSRs that are to be as they were found only if a guest may have written
 * them; XCR0 not, as XSETBV always exits.  No general register is a test's. */
void reset_state_restore(bool as_found_too);

#endif
