/* known_state.c -- whatever a firmware or boot loader left, all tests run in one state
 * (SDM vol. 3, "Processor State After Reset"); tests/boot/left_states.t leaves other states
 */
#include "kernel/control_registers.h"
#include "kernel/cpuid.h"
#include "kernel/flags.h"
#include "kernel/guarded.h"
#include "kernel/reset_state.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

#define STATUS_FLAGS (RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF)

TEST("machine/control_registers_are_known",
     "CR0, CR4 and IA32_EFER have the bits that the kernel sets or VMX demands, and no others",
     "Control Registers")
{
	u64 of_vmx = vmx_capabilities.cr4_fixed0;
	u64 enable = CPUID(1, 0, edx, 7) ? CR4_MCE : 0;

	EXPECT_EQUAL(cr0_read() & ~vmx_capabilities.cr0_fixed0,
		     (CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE) &
		     ~vmx_capabilities.cr0_fixed0);
	EXPECT_EQUAL(cr4_read() & ~of_vmx, (CR4_PAE | enable) & ~of_vmx);
	EXPECT_EQUAL(msr_read(IA32_EFER), EFER_LME | EFER_LMA | EFER_NXE);
}

TEST("machine/flags_are_known", "RFLAGS has no system flag, and the direction flag is 0",
     "System Flags and Fields in the EFLAGS Register")
{
	u64 rflags;

	asm volatile ("pushfq; popq %0" : "=r" (rflags));
	EXPECT_EQUAL(rflags & ~(u64)STATUS_FLAGS, RFLAGS_FIXED);
}

TEST("machine/debug_registers_are_known", "no breakpoint is enabled", "Debug Registers")
{
	u64 dr7;

	asm volatile ("mov %%dr7, %0" : "=r" (dr7));
	EXPECT_EQUAL(dr7, 0x400);
}

static void expect_msr(const char *name, u32 msr, u64 expected)
{
	u64 found = ~expected;

	if (try_rdmsr(msr, &found) == 0 && found != expected)
		FAIL("%s is %#lx, expected %#lx", name, found, expected);
}

TEST("machine/msrs_are_known",
     "IA32_PAT is as at reset, and nothing traces, counts, or enforces control flow",
     "Processor State After Reset")
{
	expect_msr("IA32_PAT", IA32_PAT, 0x0007040600070406);
#define RESET(msr, value, leaf, subleaf, register, bit)                                            \
	if (CPUID(leaf, subleaf, register, bit))                                                   \
		expect_msr(#msr, msr, value);
#define AS_FOUND(...)
#include "kernel/reset_state.def"
#undef RESET
#undef AS_FOUND
}
