/* probe.c -- the VMX capability MSRs must contradict neither each other nor the SDM
 * (SDM vol. 3, appendix "VMX Capability Reporting Facility")
 */
#include "kernel/control_registers.h"
#include "kernel/guarded.h"
#include "kernel/traps.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

#define PART(value, high, low) (((value) & BITS(high, low)) >> (low))

/* What IA32_VMX_EPT_VPID_CAP may say of EPT and of INVVPID. */
#define EPT_BITS     (BIT(0) | BITS(8, 6) | BIT(14) | BITS(17, 16) | BITS(23, 20) | BITS(26, 25))
#define INVVPID_BITS (BIT(32) | BITS(43, 40))

#define NEEDS_NOTHING (~0u)

struct probe {
	const char *file, *condition;
	u32 line;
	unsigned needs;                         /* a capability, or NEEDS_NOTHING */
	const u64 *value;                       /* the MSR whose value a failure prints */
	bool (*holds)(const struct vmx_capabilities *has);
};

static const char *msr_name(const u64 *value)
{
	const struct capability_msr *msr;

	for (unsigned which = 0; (msr = capability_msr(which)); which++)
		if (msr->value == value)
			return msr->name;
	return "?";
}

static void run_probe(const struct test *test)
{
	const struct probe *probe = test->row;

	if (probe->needs != NEEDS_NOTHING && !capability_offered(probe->needs)) {
		const struct capability_row *row = capability_row(probe->needs);

		skip("%s (%s) is 0; try %s", row->source, row->text, row->remedy);
		return;
	}
	if (!probe->holds(&vmx_capabilities))
		fail_at(probe->file, probe->line, "%s is 0x%016lx, expected %s",
			msr_name(probe->value), *probe->value, probe->condition);
}

#define PROBE_OF(name, needs, value, expression, claim, section)                                   \
	static bool name##_holds(__attribute__((unused)) const struct vmx_capabilities *has)       \
	{                                                                                          \
		return expression;                                                                 \
	}                                                                                          \
	static const struct probe name = {                                                         \
		__FILE__, #expression, __LINE__, needs, &vmx_capabilities.value, name##_holds      \
	};                                                                                         \
	TEST_ROW(name, run_probe, &name, "probe/" #name, claim, section);
#define PROBE(name, value, expression, claim, section)                                             \
	PROBE_OF(name, NEEDS_NOTHING, value, expression, claim, section)
#define PROBE_IF(capability, name, value, expression, claim, section)                              \
	PROBE_OF(name, CAPABILITY_##capability, value, expression, claim, section)
#include "tests/suites/probe/probe.def"
#undef PROBE
#undef PROBE_IF

TEST("probe/advertised_msrs_exist", "each VMX capability MSR that the others promise can be read",
     "VMX Capability Reporting Facility")
{
	const struct capability_msr *msr;
	unsigned fault;
	u64 value;

	for (unsigned which = 0; (msr = capability_msr(which)); which++)
		if (capability_msr_exists(msr)) {
			fault = try_rdmsr(msr->number, &value);
			if (fault)
				FAIL("RDMSR of %s is %s", msr->name,
				     vector_name(fault - OUTCOME_FAULTED));
		}
}

TEST("probe/other_msrs_do_not_exist",
     "RDMSR of a VMX capability MSR that the others deny is #GP(0)",
     "RDMSR--Read From Model Specific Register")
{
	const struct capability_msr *msr;
	u64 value;

	for (unsigned which = 0; (msr = capability_msr(which)); which++)
		if (!capability_msr_exists(msr) && !try_rdmsr(msr->number, &value))
			FAIL("RDMSR of %s reads 0x%016lx", msr->name, value);
}
