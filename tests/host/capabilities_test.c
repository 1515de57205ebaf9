/* capabilities_test.c -- capability MSRs decoded, controls chosen within them
 * links: vmx/capabilities.c vmx/timer_erratum.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/guarded.h"
#include "tests/host/between.h"
#include "vmx/capabilities.h"

static unsigned reads;

unsigned try_rdmsr(u32 msr, u64 *value)
{
	assert_between(msr, IA32_VMX_BASIC, IA32_VMX_EXIT_CTLS2);
	*value = ~0ull;
	reads++;
	return 0;
}

static int forget(void **state)
{
	(void)state;
	memset(&vmx_capabilities, 0, sizeof(vmx_capabilities));
	reads = 0;
	return 0;
}

/* If this machine has no VMX, no MSR may be read.  If it has, each of them must be, as every MSR
 * that is read here is all ones and so promises the next ones. */
static void no_msr_is_read_unless_cpuid_has_vmx(void **state)
{
	unsigned all = 0;

	(void)state;
	while (capability_msr(all))
		all++;
	vmx_capabilities_read();
	assert_int_equal(reads, cpuid(1, 0).ecx & BIT(5) ? all : 0);
	assert_between(vmx_capabilities.physical_width, 32, 52);
}

static const struct capability_msr *msr_of(enum msr number)
{
	const struct capability_msr *msr;

	for (unsigned which = 0; (msr = capability_msr(which)); which++)
		if (msr->number == number)
			return msr;
	fail_msg("there is no such MSR");
	return NULL;
}

/* SDM vol. 3, appendix "VMX Capability Reporting Facility". */
static void an_msr_exists_if_another_one_says_so(void **state)
{
	(void)state;
	assert_false(capability_msr_exists(msr_of(IA32_VMX_BASIC)));
	vmx_capabilities.cpuid_1_ecx = BIT(5);
	assert_true(capability_msr_exists(msr_of(IA32_VMX_VMCS_ENUM)));
	assert_false(capability_msr_exists(msr_of(IA32_VMX_PROCBASED_CTLS2)));
	vmx_capabilities.procbased = BIT(63);
	assert_true(capability_msr_exists(msr_of(IA32_VMX_PROCBASED_CTLS2)));
	assert_false(capability_msr_exists(msr_of(IA32_VMX_EPT_VPID_CAP)));
	vmx_capabilities.procbased2 = BIT(37);
	assert_true(capability_msr_exists(msr_of(IA32_VMX_EPT_VPID_CAP)));
	assert_false(capability_msr_exists(msr_of(IA32_VMX_VMFUNC)));
	assert_false(capability_msr_exists(msr_of(IA32_VMX_TRUE_ENTRY_CTLS)));
	vmx_capabilities.basic = BIT(55);
	assert_true(capability_msr_exists(msr_of(IA32_VMX_TRUE_ENTRY_CTLS)));
}

static void a_capability_is_one_bit_of_its_register(void **state)
{
	(void)state;
	assert_false(capability_offered(CAPABILITY_unrestricted_guest));
	vmx_capabilities.procbased2 = BIT(39);
	assert_true(capability_offered(CAPABILITY_unrestricted_guest));
	assert_false(capability_offered(CAPABILITY_ept));
	vmx_capabilities.cpuid_1_ecx = BIT(26);
	assert_true(capability_offered(CAPABILITY_xsave));
	assert_false(capability_offered(CAPABILITY_monitor_mwait));
	vmx_capabilities.cpuid_1_edx = BIT(17);
	assert_true(capability_offered(CAPABILITY_pse_36));
	assert_false(capability_offered(CAPABILITY_pages_1g));
	vmx_capabilities.cpuid_80000001_edx = BIT(26);
	assert_true(capability_offered(CAPABILITY_pages_1g));
	assert_false(capability_offered(CAPABILITY_smep));
	vmx_capabilities.cr4_fixed1 = BIT(20);
	assert_true(capability_offered(CAPABILITY_smep));
}

static void a_capability_names_its_register_and_bit(void **state)
{
	(void)state;
	assert_string_equal(capability_row(CAPABILITY_unrestricted_guest)->source,
			    "IA32_VMX_PROCBASED_CTLS2[39]");
	assert_string_equal(capability_row(CAPABILITY_xsave)->source, "CPUID.01H:ECX[26]");
	assert_string_equal(capability_row(0)->name, "ept");
	assert_null(capability_row(CAPABILITIES));
}

static void the_low_half_must_be_one_the_high_half_may(void **state)
{
	struct control_limits limits = control_limits_of(0x0000007f00000016);

	(void)state;
	assert_int_equal(limits.must_be_one, 0x16);
	assert_int_equal(limits.may_be_one, 0x7f);
}

static void the_true_msr_counts_where_there_is_one(void **state)
{
	(void)state;
	vmx_capabilities.procbased = 0xf7f9fffe0401e172;
	vmx_capabilities.true_procbased = 0xf7f9fffe04006172;
	assert_int_equal(control_limits(PRIMARY).must_be_one, 0x0401e172);
	vmx_capabilities.basic = BIT(55);
	assert_int_equal(control_limits(PRIMARY).must_be_one, 0x04006172);
	assert_int_equal(control_limits(PRIMARY).may_be_one, 0xf7f9fffe);
}

static void a_word_that_does_not_exist_has_no_bit(void **state)
{
	(void)state;
	for (unsigned word = 0; word <= SECONDARY_VM_EXIT; word++) {
		assert_int_equal(control_limits(word).may_be_one, 0);
		assert_int_equal(control_limits(word).must_be_one, 0);
	}
}

static void each_word_has_its_own_msr(void **state)
{
	(void)state;
	vmx_capabilities.pinbased = 1ull << 32;
	vmx_capabilities.procbased = 2ull << 32;
	vmx_capabilities.procbased2 = 3ull << 32;
	vmx_capabilities.exit = 4ull << 32;
	vmx_capabilities.entry = 5ull << 32;
	vmx_capabilities.procbased3 = 6;
	vmx_capabilities.exit2 = 7;
	assert_int_equal(control_limits(PIN_BASED).may_be_one, 1);
	assert_int_equal(control_limits(PRIMARY).may_be_one, 2);
	assert_int_equal(control_limits(SECONDARY).may_be_one, 3);
	assert_int_equal(control_limits(VM_EXIT).may_be_one, 4);
	assert_int_equal(control_limits(VM_ENTRY).may_be_one, 5);
	assert_int_equal(control_limits(TERTIARY).may_be_one, 6);
	assert_int_equal(control_limits(SECONDARY_VM_EXIT).may_be_one, 7);
}

/* Tries one bit in every situation: what does it become, and is that reported as refused or not? */
static void check_choice(bool must, bool may, bool wanted, bool unwanted)
{
	u32 bit = 1u << 7, refused;
	struct control_limits limits = { must ? bit : 0, may ? bit : 0 };
	u32 chosen = controls_choose(limits, wanted ? bit : 0, unwanted ? bit : 0, &refused);

	assert_int_equal(chosen, must || (wanted && may) ? bit : 0);
	assert_int_equal(refused, (wanted && !chosen) || (unwanted && chosen) ? bit : 0);
}

static void a_choice_is_legal_and_says_what_it_refuses(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 16; i++)
		if (!(i & 1) || i & 2)
			check_choice(i & 1, i & 2, i & 4, i & 8);
}

static void bits_are_chosen_one_by_one(void **state)
{
	struct control_limits limits = { .must_be_one = 0x16, .may_be_one = 0x7f };
	u32 refused;

	(void)state;
	assert_int_equal(controls_choose(limits, 0x81, 0x42, &refused), 0x17);
	assert_int_equal(refused, 0x82);
}

static void a_control_has_the_name_of_the_sdm(void **state)
{
	(void)state;
	assert_string_equal(control_name(PRIMARY, 7), "HLT exiting");
	assert_string_equal(control_name(SECONDARY, 7), "unrestricted guest");
	assert_string_equal(control_name(VM_ENTRY, 9), "IA-32e mode guest");
	assert_string_equal(control_name(PRIMARY, 0), "");
	assert_string_equal(control_name(TERTIARY, 63), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(no_msr_is_read_unless_cpuid_has_vmx, forget),
		cmocka_unit_test_setup(an_msr_exists_if_another_one_says_so, forget),
		cmocka_unit_test_setup(a_capability_is_one_bit_of_its_register, forget),
		cmocka_unit_test(a_capability_names_its_register_and_bit),
		cmocka_unit_test(the_low_half_must_be_one_the_high_half_may),
		cmocka_unit_test_setup(the_true_msr_counts_where_there_is_one, forget),
		cmocka_unit_test_setup(a_word_that_does_not_exist_has_no_bit, forget),
		cmocka_unit_test_setup(each_word_has_its_own_msr, forget),
		cmocka_unit_test(a_choice_is_legal_and_says_what_it_refuses),
		cmocka_unit_test(bits_are_chosen_one_by_one),
		cmocka_unit_test(a_control_has_the_name_of_the_sdm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
