/* effects.c -- what VMX instructions leave behind: flags, launch states, fields */
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/vmx/expect_outcome.h"
#include "tests/suites/vmx/start_state.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"

u64 flags_of_vmptrld(const hpa_t *region);      /* tests/suites/vmx/stubs.asm */

static void expect_flags(enum vmx_state state, u64 misaligned, u64 expected)
{
	struct vmx_state_pointers pointers;
	hpa_t region;

	vmx_state_start(state, &pointers);
	region = hpa((u64)vmx_region_alloc() + misaligned);
	EXPECT_EQUAL(flags_of_vmptrld(&region), expected);
	vmx_state_end();
}

TEST("vmx_flags/success", "an instruction that succeeds clears CF, PF, AF, ZF, SF and OF",
     "Conventions")
{
	expect_flags(NO_CURRENT, 0, 0);
}

TEST("vmx_flags/fail_invalid", "VMfailInvalid sets CF and clears PF, AF, ZF, SF and OF",
     "Conventions")
{
	expect_flags(NO_CURRENT, 8, RFLAGS_CF);
}

TEST("vmx_flags/fail_valid", "VMfailValid sets ZF and clears CF, PF, AF, SF and OF", "Conventions")
{
	expect_flags(CLEAR, 8, RFLAGS_ZF);
}

/* Runs a test with a launched VMCS, or skips it if this processor cannot launch one. */
static void with_launched_vmcs(void (*run)(const hpa_t *vmcs))
{
	struct vmx_state_pointers pointers;
	const char *missing = vmx_state_start(LAUNCHED, &pointers);

	if (missing)
		skip("%s is not offered here", missing);
	else
		run(&pointers.current);
	vmx_state_end();
}

static void clear_and_resume(const hpa_t *vmcs)
{
	EXPECT_OUTCOME(vmclear(vmcs), SUCCEEDED);
	EXPECT_OUTCOME(vmptrld(vmcs), SUCCEEDED);
	EXPECT_OUTCOME(vmresume(), FAIL_VALID(ERROR_vmresume_with_non_launched_vmcs));
}

TEST("vmclear/makes_the_launch_state_clear", "VMRESUME of a VMCS that VMCLEAR has cleared fails",
     "VMCLEAR--Clear Virtual-Machine Control Structure")
{
	with_launched_vmcs(clear_and_resume);
}

static void leave_and_launch(const hpa_t *vmcs)
{
	hpa_t other = hpa_of(vmx_region_alloc());

	EXPECT_OUTCOME(vmptrld(&other), SUCCEEDED);
	EXPECT_OUTCOME(vmptrld(vmcs), SUCCEEDED);
	EXPECT_OUTCOME(vmlaunch(), FAIL_VALID(ERROR_vmlaunch_with_non_clear_vmcs));
	EXPECT_OUTCOME(vmclear(&other), SUCCEEDED);
}

TEST("vmptrld/keeps_the_launch_state", "a launched VMCS stays launched while another is current",
     "VMPTRLD--Load Pointer to Virtual-Machine Control Structure")
{
	with_launched_vmcs(leave_and_launch);
}

TEST("vmclear/keeps_the_fields", "a VMCS that was cleared and made current again has its fields",
     "VMCLEAR--Clear Virtual-Machine Control Structure")
{
	struct vmx_state_pointers pointers;
	u64 value = 0;

	vmx_state_start(CLEAR, &pointers);
	EXPECT_OUTCOME(vmwrite(GUEST_RIP, 0x123456789abcdef0), SUCCEEDED);
	EXPECT_OUTCOME(vmclear(&pointers.current), SUCCEEDED);
	EXPECT_OUTCOME(vmptrld(&pointers.current), SUCCEEDED);
	EXPECT_OUTCOME(vmread(GUEST_RIP, &value), SUCCEEDED);
	EXPECT_EQUAL(value, 0x123456789abcdef0);
	vmx_state_end();
}

/* A VMCS that is active when VMX operation is left may be corrupted (SDM vol. 3, "Software Use of
 * Virtual-Machine Control Structures"): it is as if it had been launched, or it is not. */
static void leave_and_resume(const hpa_t *vmcs)
{
	hpa_t region = hpa_of(vmx_region_alloc());
	outcome_t outcome;

	EXPECT_OUTCOME(vmxoff(), SUCCEEDED);
	EXPECT_OUTCOME(vmxon(&region), SUCCEEDED);
	EXPECT_OUTCOME(vmptrld(vmcs), SUCCEEDED);
	outcome = vmx_state_resume();
	if (outcome != SUCCEEDED && outcome != FAIL_VALID(ERROR_vmresume_with_non_launched_vmcs))
		EXPECT_OUTCOME(outcome, FAIL_VALID(ERROR_vmresume_after_vmxoff));
}

TEST("vmresume/after_vmxoff",
     "VMRESUME of a VMCS that was launched before VMXOFF is VMfailValid 6 or 5, or enters",
     "VMLAUNCH/VMRESUME--Launch/Resume Virtual Machine")
{
	with_launched_vmcs(leave_and_resume);
}
