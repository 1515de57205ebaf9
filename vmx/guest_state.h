/* guest_state.h -- the state a guest starts in, by mode
 * (SDM vol. 3, "Guest-State Area", "Checks on the Guest State Area") */
#ifndef GUEST_STATE_H
#define GUEST_STATE_H

#include "kernel/types.h"
#include "vmx/mode.h"

/* Whether IA32_VMX_CR4_FIXED1 lets a guest have the paging that the mode starts with. */
bool guest_state_is_offered(enum guest_mode mode);

/* Into the current VMCS, which holds the controls already. */
void guest_state_write(enum guest_mode mode, u64 entry);

#endif
