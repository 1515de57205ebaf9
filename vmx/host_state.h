/* host_state.h -- the processor state that every VM exit restores: the kernel as it is now
 * (SDM vol. 3, "Host-State Area", "Checks on Host Control Registers, MSRs, and SSP") */
#ifndef HOST_STATE_H
#define HOST_STATE_H

/* Writes it into the current VMCS, without RIP and RSP: where an exit goes on is up to vm.c. */
void host_state_write(void);

#endif
