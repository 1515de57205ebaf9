/* start_state.c -- the state of the processor in which a test of VMX instructions starts */
#include "tests/suites/vmx/start_state.h"
#include "kernel/control_registers.h"
#include "kernel/guarded.h"
#include "kernel/memory.h"
#include "kernel/panic.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vm.h"
#include "vmx/vmcs.h"

#define SHADOW_VMCS (1u << 31)                  /* beside the revision identifier */

static struct {
	u64 cr0, cr4;
	memory_mark_t memory;
	struct vmx_state_pointers pointers;
	struct vm vm;
} before;

static void must_succeed(outcome_t outcome, const char *instruction)
{
	char text[96];

	if (outcome == SUCCEEDED)
		return;
	outcome_text(text, sizeof(text), outcome);
	panic("%s, to start a test from: %s", instruction, text);
}

static void set_fixed_bits(void)
{
	const struct vmx_capabilities *has = &vmx_capabilities;

	cr0_write((before.cr0 | has->cr0_fixed0) & has->cr0_fixed1);
	cr4_write(((before.cr4 | has->cr4_fixed0) & has->cr4_fixed1) | CR4_VMXE);
}

static void make_current(u32 revision_bits)
{
	u32 *page = vmx_region_alloc();
	hpa_t region = hpa_of(page);

	*page |= revision_bits;
	must_succeed(vmclear(&region), "VMCLEAR");
	must_succeed(vmptrld(&region), "VMPTRLD");
	before.pointers.current = region;
}

/* The guest has no memory, so it exits at its first instruction; then its VMCS is launched. */
static const char *launch(void)
{
	const char *missing = vm_start(&before.vm, MODE_long64, 0);

	if (missing)
		return missing;
	before.pointers.current = before.vm.vmcs;
	vm_run(&before.vm);
	return before.vm.entries ? NULL : "a guest that can be launched";
}

static const char *write_invalid_controls(void)
{
	u32 invalid = ~control_limits(PIN_BASED).may_be_one;

	make_current(0);
	must_succeed(vmwrite(PIN_BASED_CONTROLS, invalid), "VMWRITE");
	return invalid ? NULL : "a pin-based control that may not be 1";
}

static const char *start_in_root(enum vmx_state state)
{
	must_succeed(vmxon(&before.pointers.vmxon), "VMXON");
	switch (state) {
	case CLEAR:            make_current(0); return NULL;
	case SHADOW:           make_current(SHADOW_VMCS); return NULL;
	case LAUNCHED:         return launch();
	case INVALID_CONTROLS: return write_invalid_controls();
	default:               return NULL;
	}
}

const char *vmx_state_start(enum vmx_state state, struct vmx_state_pointers *pointers)
{
	const char *missing = NULL;

	vmx_leave_operation();
	before.cr0 = cr0_read();
	before.cr4 = cr4_read();
	before.memory = memory_mark();
	before.pointers.vmxon = hpa_of(vmx_region_alloc());
	before.pointers.current = NO_POINTER;
	if (state >= OUTSIDE)
		set_fixed_bits();
	if (state >= NO_CURRENT)
		missing = start_in_root(state);
	*pointers = before.pointers;
	return missing;
}

outcome_t vmx_state_resume(void)
{
	vm_run(&before.vm);
	if (before.vm.exit.reason < EXIT_REFUSED(0))
		return SUCCEEDED;
	return FAIL_VALID((outcome_t)before.vm.exit.reason - EXIT_REFUSED(0));
}

/* In most states some of these instructions fail, and then do nothing. */
void vmx_state_end(void)
{
	hpa_t current = NO_POINTER;

	vmptrst(&current);
	vmclear(&current);
	vmclear(&before.pointers.current);
	vmxoff();
	try_write_cr4(before.cr4);
	try_write_cr0(before.cr0);
	memory_release(before.memory);
}
