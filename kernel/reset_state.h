/* reset_state.h -- state of the processor that a firmware or boot loader may have changed
 * (SDM vol. 3, "Processor State After Reset")
 */
#ifndef RESET_STATE_H
#define RESET_STATE_H

/* Gives the debug registers, IA32_PAT and the MSRs of reset_state.def their values at reset.  boot.asm has set
 * the control registers, IA32_EFER and RFLAGS before.  Needs traps_start(). */
void reset_state_load(void);

#endif
