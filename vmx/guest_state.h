/* guest_state.h -- the control registers a guest starts with, by mode; start_state.def has the rest
 * (SDM vol. 3, "Guest-State Area", "Checks on the Guest State Area") */
#ifndef GUEST_STATE_H
#define GUEST_STATE_H

#include "kernel/types.h"
#include "vmx/mode.h"

/* Whether IA32_VMX_CR4_FIXED1 lets a guest have the paging that the mode starts with. */
bool guest_state_is_offered(enum guest_mode mode);

/* As the guest sees them.  A machine check shuts the processor down if CR4.MCE is 0, in a guest as
 * well; so CR4 itself has that bit besides, which by CR4_GUEST_HOST_MASK is the host's. */
u64 guest_start_cr0(enum guest_mode mode);
u64 guest_start_cr4(enum guest_mode mode);
u64 guest_start_efer(enum guest_mode mode);

#endif
