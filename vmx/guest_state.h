/* guest_state.h -- the state a guest starts in, by mode
 * (SDM vol. 3, "Guest-State Area", "Checks on the Guest State Area") */
#ifndef GUEST_STATE_H
#define GUEST_STATE_H

#include "kernel/types.h"
#include "vmx/mode.h"

/* Whether IA32_VMX_CR4_FIXED1 lets a guest have the paging that the mode starts with. */
bool guest_state_is_offered(enum guest_mode mode);

/* Writes that state to the current VMCS, whose controls must have been written before. */
void guest_state_write(enum guest_mode mode, u64 entry);

#endif
