/* guest_state.c -- the state a guest starts in, by mode */
#include "vmx/guest_state.h"
#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

static const u64 start_state[][GUEST_MODES - 1] = {           /* by mode; modes count from 1 */
#define START(field, long64, flat32, real16, pae, paging32)                                        \
	{ [MODE_long64 - 1] = long64, [MODE_flat32 - 1] = flat32, [MODE_real16 - 1] = real16,      \
	  [MODE_pae - 1] = pae, [MODE_paging32 - 1] = paging32 },
#include "vmx/start_state.def"
#undef START
};

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

static u64 start_cr0(enum guest_mode mode)
{
	u64 relaxed = mode_has_paging(mode) ? 0 : CR0_PE | CR0_PG;

	return start_control[mode].cr0 | (vmx_capabilities.cr0_fixed0 & ~relaxed);
}

bool guest_state_is_offered(enum guest_mode mode)
{
	return !(start_control[mode].cr4 & ~vmx_capabilities.cr4_fixed1);
}

/* The preprocessor writes out each VMWRITE: the instructions of a loop would cost as much again. */
static void write_start_state(enum guest_mode mode)
{
	unsigned row = 0;

#define START(field, ...) vmcs_write(field, start_state[row++][mode - 1]);
#include "vmx/start_state.def"
#undef START
}

/* A machine check shuts the processor down if CR4.MCE is 0, in a guest as well.  The guest cannot
 * see this bit, as it is the host's by CR4_GUEST_HOST_MASK. */
static inline u64 machine_check_enable(void)
{
	return cr4_read() & CR4_MCE;
}

void guest_state_write(enum guest_mode mode, u64 entry)
{
	u64 cr0 = start_cr0(mode);
	u64 cr4 = start_control[mode].cr4 | vmx_capabilities.cr4_fixed0;

	write_start_state(mode);
	vmcs_write(GUEST_CR0, cr0);
	vmcs_write(GUEST_CR4, cr4 | machine_check_enable());
	vmcs_write(CR0_READ_SHADOW, cr0);
	vmcs_write(CR4_READ_SHADOW, cr4);
	vmcs_write(GUEST_RIP, entry);
	if (vmcs_read(ENTRY_CONTROLS) & VM_ENTRY_load_efer)
		vmcs_write(GUEST_IA32_EFER, start_control[mode].efer);
}
