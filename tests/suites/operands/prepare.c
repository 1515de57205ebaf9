/* prepare.c -- what makes an instruction exit, beside the usual controls of a VM */
#include "tests/suites/operands/prepare.h"
#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/capabilities.h"

bool prepare_nothing(__attribute__((unused)) struct vm *vm)
{
	return true;
}

bool prepare_invpcid(__attribute__((unused)) struct vm *vm)
{
	set_bits(PRIMARY_CONTROLS, PRIMARY_invlpg_exiting);
	set_bits(SECONDARY_CONTROLS, SECONDARY_enable_invpcid);
	return true;
}

/* The lowest bit that IA32_XSS can have; 0 if it is always 0. */
static u64 component_of_supervisor(void)
{
	struct cpuid features = cpuid(0xd, 1);
	u64 offered = (u64)features.edx << 32 | features.ecx;

	return features.eax & BIT(3) ? offered & -offered : 0;
}

/* They exit if the bitmap has a bit that both IA32_XSS and EDX:EAX have. */
bool prepare_xss(struct vm *vm)
{
	u64 component = component_of_supervisor();

	if (!component || !(vmx_capabilities.cr4_fixed1 & CR4_OSXSAVE)) {
		skip("CPUID.(EAX=0DH,ECX=1):EDX:ECX (components of IA32_XSS) is 0; try a processor "
		     "with CET");
		return false;
	}
	set_bits(SECONDARY_CONTROLS, SECONDARY_enable_xsaves_xrstors);
	set_bits(GUEST_CR4, CR4_OSXSAVE);
	vmcs_write(XSS_EXITING_BITMAP, component);
	msr_write(IA32_XSS, component);
	vm->registers.rax = (u32)component;
	vm->registers.rdx = component >> 32;
	return true;
}

bool prepare_rdrand(__attribute__((unused)) struct vm *vm)
{
	set_bits(SECONDARY_CONTROLS, SECONDARY_rdrand_exiting);
	return true;
}

bool prepare_rdseed(__attribute__((unused)) struct vm *vm)
{
	set_bits(SECONDARY_CONTROLS, SECONDARY_rdseed_exiting);
	return true;
}

bool prepare_wait(__attribute__((unused)) struct vm *vm)
{
	if (!(control_limits(SECONDARY).may_be_one & SECONDARY_enable_user_wait_and_pause)) {
		skip("IA32_VMX_PROCBASED_CTLS2[58] (enable user wait and pause) is 0; try a "
		     "processor or L0 that offers it");
		return false;
	}
	set_bits(PRIMARY_CONTROLS, PRIMARY_rdtsc_exiting);
	set_bits(SECONDARY_CONTROLS, SECONDARY_enable_user_wait_and_pause);
	return true;
}
