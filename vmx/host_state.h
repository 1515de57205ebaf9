/* host_state.h -- the processor state that every VM exit restores: the kernel as it is now
 * (SDM vol. 3, "Host-State Area", "Checks on Host Control Registers, MSRs, and SSP") */
#ifndef HOST_STATE_H
#define HOST_STATE_H

#include "vmx/vm.h"

/* Into the current VMCS, the VM's own. */
void host_state_write(const struct vm *vm);

#endif
