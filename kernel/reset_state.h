/* reset_state.h -- state of the processor that a firmware or boot loader may have changed
 * (SDM vol. 3, "Processor State After Reset")
 */
#ifndef RESET_STATE_H
#define RESET_STATE_H

/* Gives the debug registers and IA32_PAT their values at reset, and sets the MSRs of
 * reset_state.def to 0.  boot.asm has set the control registers, IA32_EFER and RFLAGS before.
 * Needs traps_start(). */
void reset_state_load(void);

#endif
