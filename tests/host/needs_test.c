/* needs_test.c -- a scenario is skipped for what the processor lacks, has, or does not let be
 * links: tests/player/needs.c vmx/capabilities.c vmx/timer_erratum.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "kernel/guarded.h"
#include "tests/player/needs.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

unsigned try_rdmsr(u32 msr, u64 *value)
{
	(void)msr;
	(void)value;
	fail_msg("what a scenario needs is known without reading an MSR");
	return 0;
}

static struct script_header header;
static struct script_step steps[2];

static int start(void **state)
{
	(void)state;
	memset(&vmx_capabilities, 0, sizeof(vmx_capabilities));
	memset(&header, 0, sizeof(header));
	memset(steps, 0, sizeof(steps));
	return 0;
}

/* The reason why the scenario is skipped; "" if it is not. */
static const char *reason(void)
{
	static char text[NEEDS_REASON_SIZE];
	const struct script script = { .header = &header, .steps = steps };

	text[0] = 0;
	if (script_needs_are_met(&script, text))
		assert_string_equal(text, "");
	return text;
}

static void what_is_needed_must_be_offered(void **state)
{
	(void)state;
	assert_string_equal(reason(), "");
	header.needs[0] = BIT(CAPABILITY_pse_36);
	assert_string_equal(reason(), "needs pse_36: CPUID.01H:EDX[17] (36-bit page-size "
				      "extension) is 0; try -cpu host,+pse36");
	vmx_capabilities.cpuid_1_edx = BIT(17);
	assert_string_equal(reason(), "");
	header.needs[CAPABILITY_wbnoinvd / 64] = BIT(CAPABILITY_wbnoinvd % 64);
	assert_string_equal(reason(), "needs wbnoinvd: CPUID.80000008H:EBX[9] (WBNOINVD) is 0; "
				      "try -cpu host,+wbnoinvd");
}

static void what_must_not_be_there_must_not_be_offered(void **state)
{
	(void)state;
	header.needs_no[CAPABILITY_lam / 64] = BIT(CAPABILITY_lam % 64);
	assert_string_equal(reason(), "");
	vmx_capabilities.cpuid_7_1_eax = BIT(26);
	assert_string_equal(reason(), "needs no lam: CPUID.07H.1:EAX[26] (linear-address masking) "
				      "is 1; try a processor without");
}

static void ask(u32 field, u64 ones, u64 zeros)
{
	header.step_count = 2;
	steps[1] = (struct script_step){
		.kind = STEP_CONTROLS, .what = (u16)field, .value = ones, .second = zeros,
	};
}

static void a_control_that_is_named_must_be_offered(void **state)
{
	(void)state;
	ask(SECONDARY_CONTROLS, SECONDARY_enable_pml | SECONDARY_enable_vpid, 0);
	vmx_capabilities.procbased2 = BIT(37);
	assert_string_equal(reason(), "needs page_modification_log: IA32_VMX_PROCBASED_CTLS2[49] "
				      "(enable PML) is 0; try kvm_intel.pml=1");
	vmx_capabilities.procbased2 |= BIT(49);
	assert_string_equal(reason(), "");
	ask(PRIMARY_CONTROLS, PRIMARY_hlt_exiting, 0);
	assert_string_equal(reason(),
			    "needs HLT exiting, which this processor does not offer");
}

static void a_control_that_is_cleared_must_not_be_fixed(void **state)
{
	(void)state;
	ask(PRIMARY_CONTROLS, 0, PRIMARY_cr3_load_exiting);
	assert_string_equal(reason(), "");
	vmx_capabilities.procbased = PRIMARY_cr3_load_exiting;
	assert_string_equal(reason(), "needs CR3-load exiting to be 0, which this processor does "
				      "not offer");
}

static void each_field_of_controls_has_its_own_limits(void **state)
{
	static const struct { u64 *offers; enum vmcs_field field; unsigned shift; } fields[] = {
		{ &vmx_capabilities.pinbased, PIN_BASED_CONTROLS, 32 },
		{ &vmx_capabilities.procbased, PRIMARY_CONTROLS, 32 },
		{ &vmx_capabilities.procbased2, SECONDARY_CONTROLS, 32 },
		{ &vmx_capabilities.procbased3, TERTIARY_CONTROLS, 0 },
		{ &vmx_capabilities.exit, EXIT_CONTROLS, 32 },
		{ &vmx_capabilities.entry, ENTRY_CONTROLS, 32 },
		{ &vmx_capabilities.exit2, SECONDARY_EXIT_CONTROLS, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		ask(fields[i].field, 1, 0);
		assert_string_not_equal(reason(), "");
		*fields[i].offers = BIT(fields[i].shift);
		assert_string_equal(reason(), "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_is_needed_must_be_offered, start),
		cmocka_unit_test_setup(what_must_not_be_there_must_not_be_offered, start),
		cmocka_unit_test_setup(a_control_that_is_named_must_be_offered, start),
		cmocka_unit_test_setup(a_control_that_is_cleared_must_not_be_fixed, start),
		cmocka_unit_test_setup(each_field_of_controls_has_its_own_limits, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
