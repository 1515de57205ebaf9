/* guest_state.c -- the control registers a guest starts with, by mode */
#include "vmx/guest_state.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "vmx/capabilities.h"

/* Control registers also get the bits that this processor fixes to 1.  PE and PG are an exception:
 * they may be 0 in an unrestricted guest. */
static const struct {
	u64 cr0, cr4, efer;
} start_control[] = {
	[MODE_long64] = {
		CR0_PE | CR0_ET | CR0_NE | CR0_PG, CR4_PAE, EFER_LME | EFER_LMA | EFER_NXE,
	},
	[MODE_flat32] = { CR0_PE | CR0_ET | CR0_NE, 0, 0 },
	[MODE_real16] = { CR0_ET | CR0_NE, 0, 0 },
	[MODE_pae] = { CR0_PE | CR0_ET | CR0_NE | CR0_PG, CR4_PAE, EFER_NXE },
	[MODE_paging32] = { CR0_PE | CR0_ET | CR0_NE | CR0_PG, CR4_PSE, 0 },
};

u64 guest_start_cr0(enum guest_mode mode)
{
	u64 relaxed = mode_has_paging(mode) ? 0 : CR0_PE | CR0_PG;

	return start_control[mode].cr0 | (vmx_capabilities.cr0_fixed0 & ~relaxed);
}

u64 guest_start_cr4(enum guest_mode mode)
{
	return start_control[mode].cr4 | vmx_capabilities.cr4_fixed0;
}

u64 guest_start_efer(enum guest_mode mode)
{
	return start_control[mode].efer;
}

bool guest_state_is_offered(enum guest_mode mode)
{
	return !(start_control[mode].cr4 & ~vmx_capabilities.cr4_fixed1);
}
