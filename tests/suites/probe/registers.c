/* registers.c -- a bit of CR4 is free in VMX operation if and only if the processor has it
 * (SDM vol. 3, appendix "VMX-Fixed Bits in CR4"; "Control Registers")
 */
#include "kernel/control_registers.h"
#include "kernel/cpuid.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

struct cr4_feature {
	u64 bit;
	const char *condition;
	bool (*exists)(void);
};

static void run_feature(const struct test *test)
{
	const struct cr4_feature *feature = test->row;
	bool may_be_one = vmx_capabilities.cr4_fixed1 & feature->bit;

	if (may_be_one != feature->exists())
		FAIL("the bit is %u in IA32_VMX_CR4_FIXED1, but %s is %u",
		     may_be_one, feature->condition, !may_be_one);
}

#define CR4_FEATURE(name, condition)                                                               \
	static bool name##_exists(void)                                                            \
	{                                                                                          \
		return condition;                                                                  \
	}                                                                                          \
	static const struct cr4_feature name = { CR4_##name, #condition, name##_exists };          \
	TEST_ROW(name, run_feature, &name, "probe/cr4_" #name,                                     \
		 "CR4." #name " may be 1 in VMX operation if and only if CPUID reports it",        \
		 "VMX-Fixed Bits in CR4");
#include "tests/suites/probe/cr4_features.def"
#undef CR4_FEATURE
