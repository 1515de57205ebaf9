#include "vmx/guest_state.h"
#include "kernel/control_registers.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

#define EFER_LME BIT(8)
#define EFER_LMA BIT(10)
#define EFER_NXE BIT(11)

static const struct {
	enum vmcs_field field;
	u64 value[GUEST_MODES];                 /* by mode */
} start_state[] = {
#define START(field, long64, flat32, real16) { field, { 0, long64, flat32, real16 } },
#include "vmx/start_state.def"
#undef START
};

/* Control registers depend on what this processor fixes; protection and paging may be off in spite
 * of that where the guest is unrestricted. */
static const struct {
	u64 cr0, cr4, efer;
} start_control[] = {
	[MODE_long64] = {
		CR0_PE | CR0_ET | CR0_NE | CR0_PG, CR4_PAE, EFER_LME | EFER_LMA | EFER_NXE,
	},
	[MODE_flat32] = { CR0_PE | CR0_ET | CR0_NE, 0, 0 },
	[MODE_real16] = { CR0_ET | CR0_NE, 0, 0 },
};

static u64 start_cr0(enum guest_mode mode)
{
	u64 relaxed = mode == MODE_long64 ? 0 : CR0_PE | CR0_PG;

	return start_control[mode].cr0 | (vmx_capabilities.cr0_fixed0 & ~relaxed);
}

void guest_state_write(enum guest_mode mode, u64 entry)
{
	u64 cr0 = start_cr0(mode);
	u64 cr4 = start_control[mode].cr4 | vmx_capabilities.cr4_fixed0;

#pragma GCC unroll 8                            /* half of the loop would be its counter */
	for (size_t i = 0; i < COUNT(start_state); i++)
		vmcs_write(start_state[i].field, start_state[i].value[mode]);
	vmcs_write(GUEST_CR0, cr0);
	vmcs_write(GUEST_CR4, cr4);
	vmcs_write(CR0_READ_SHADOW, cr0);
	vmcs_write(CR4_READ_SHADOW, cr4);
	vmcs_write(GUEST_RIP, entry);
	if (vmcs_read(ENTRY_CONTROLS) & VM_ENTRY_load_efer)
		vmcs_write(GUEST_IA32_EFER, start_control[mode].efer);
}
