/* tables_test.c -- the tables of hardware facts: in order, without repetitions, and in agreement
 * links: vmx/capabilities.c vmx/timer_erratum.c
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/guarded.h"
#include "tests/host/between.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

struct row {
	u32 number;
	const char *name, *text;
};

static const struct row vmcs[] = {
#define VMCS(encoding, width, kind, name) { encoding, #name, #name },
#include "vmx/vmcs.def"
#undef VMCS
};

static const struct row exits[] = {
#define EXIT(number, name, qualification, text) { number, #name, text },
#include "vmx/exits.def"
#undef EXIT
};

static const struct row errors[] = {
#define VM_INSTRUCTION_ERROR(number, name, text) { number, #name, text },
#include "vmx/instruction_errors.def"
#undef VM_INSTRUCTION_ERROR
};

static const struct row capabilities[] = {
#define CAPABILITY(number, name, source, bit, text, remedy) { number, #name, text },
#include "vmx/capabilities.def"
#undef CAPABILITY
};

static const struct row msrs[] = {
#define CAPABILITY_MSR(name, member, given, bits) { IA32_VMX_##name, #name, #name },
#include "vmx/capability_msrs.def"
#undef CAPABILITY_MSR
};

/* The numbers put the words in the order of the SDM. */
static const struct row controls[] = {
#define CONTROL(word, bit, name, text) { word << 8 | bit, #word "_" #name, text },
#include "vmx/controls.def"
#undef CONTROL
};

unsigned try_rdmsr(u32 msr, u64 *value)
{
	(void)msr;
	(void)value;
	fail_msg("a table reads no MSR");
	return 0;
}

static void expect_ascending(const struct row *rows, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (rows[i].number <= rows[i - 1].number)
			fail_msg("%s does not belong behind %s", rows[i].name, rows[i - 1].name);
}

static void expect_good_texts(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_true(strlen(rows[i].text) > 0);
		for (const char *at = rows[i].text; *at; at++)
			if (!isascii(*at) || !isprint(*at) || *at == '#')
				assert_true(strncmp(at, "#VE", 3) == 0);
		for (size_t j = 0; j < i; j++)
			if (!strcmp(rows[i].name, rows[j].name))
				fail_msg("%s is there twice", rows[i].name);
	}
}

#define CHECK(rows) (expect_ascending(rows, COUNT(rows)), expect_good_texts(rows, COUNT(rows)))

static void tables_ascend_and_repeat_no_name(void **state)
{
	(void)state;
	CHECK(vmcs);
	CHECK(exits);
	CHECK(errors);
	CHECK(capabilities);
	CHECK(msrs);
	expect_good_texts(controls, COUNT(controls));
}

/* SDM vol. 3, "VMREAD, VMWRITE, and Encodings of VMCS Fields". */
static void vmcs_encodings_are_full_accesses_without_reserved_bits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(vmcs); i++)
		if (vmcs[i].number & (1 | BIT(12) | ~BITS(14, 0)))
			fail_msg("%s is encoded as %#x", vmcs[i].name, vmcs[i].number);
}

static void a_vmcs_name_says_whose_state_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(vmcs); i++) {
		bool host = VMCS_KIND(vmcs[i].number) == HOST;

		if (host != !strncmp(vmcs[i].name, "HOST_", 5))
			fail_msg("%s is encoded as %#x", vmcs[i].name, vmcs[i].number);
	}
}

/* Read off the SDM's tables by hand: one field of each group, and those that are most easily
 * confused. */
static void vmcs_encodings_are_those_of_the_sdm(void **state)
{
	(void)state;
	assert_int_equal(VIRTUAL_PROCESSOR_IDENTIFIER, 0x0000);
	assert_int_equal(GUEST_TR_SELECTOR, 0x080e);
	assert_int_equal(HOST_TR_SELECTOR, 0x0c0c);
	assert_int_equal(MSR_BITMAPS, 0x2004);
	assert_int_equal(EPT_POINTER, 0x201a);
	assert_int_equal(GUEST_PHYSICAL_ADDRESS, 0x2400);
	assert_int_equal(VMCS_LINK_POINTER, 0x2800);
	assert_int_equal(GUEST_PDPTE3, 0x2810);
	assert_int_equal(HOST_IA32_EFER, 0x2c02);
	assert_int_equal(ENTRY_CONTROLS, 0x4012);
	assert_int_equal(SECONDARY_CONTROLS, 0x401e);
	assert_int_equal(EXIT_INSTRUCTION_INFORMATION, 0x440e);
	assert_int_equal(GUEST_TR_ACCESS_RIGHTS, 0x4822);
	assert_int_equal(VMX_PREEMPTION_TIMER_VALUE, 0x482e);
	assert_int_equal(HOST_IA32_SYSENTER_CS, 0x4c00);
	assert_int_equal(CR3_TARGET_VALUE_3, 0x600e);
	assert_int_equal(GUEST_LINEAR_ADDRESS, 0x640a);
	assert_int_equal(GUEST_RFLAGS, 0x6820);
	assert_int_equal(HOST_RIP, 0x6c16);
}

/* SDM vol. 3, appendix "VMX Basic Exit Reasons": these numbers are missing there. */
static void exits_are_those_of_the_sdm(void **state)
{
	static const u32 missing[] = { 35, 38, 42, 71, 82, 83, 86 };
	const struct row *row = exits;

	(void)state;
	for (u32 number = 0, gap = 0; number <= 86; number++) {
		if (number == missing[gap])
			gap++;
		else
			assert_int_equal(row++->number, number);
	}
	assert_true(row->number > 0xff00);      /* refused entries, which are no exits */
}

static void controls_of_a_word_ascend(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT(controls); i++)
		if (controls[i].number >> 8 == controls[i - 1].number >> 8)
			expect_ascending(&controls[i - 1], 2);
	assert_int_equal(PRIMARY_activate_secondary_controls, 1u << 31);
	assert_int_equal(SECONDARY_enable_ept, 1u << 1);
}

/* A scenario holds a bit for each, and files that were assembled long ago hold these numbers. */
static void capabilities_are_numbered_without_gaps(void **state)
{
	(void)state;
	assert_int_equal(COUNT(capabilities), CAPABILITIES);
	for (u32 number = 0; number < COUNT(capabilities); number++)
		assert_int_equal(capabilities[number].number, number);
}

static const struct {
	const char *msr;
	enum control_word word;
} words[] = {
	{ "IA32_VMX_PINBASED_CTLS",   PIN_BASED },
	{ "IA32_VMX_PROCBASED_CTLS",  PRIMARY },
	{ "IA32_VMX_PROCBASED_CTLS2", SECONDARY },
	{ "IA32_VMX_EXIT_CTLS",       VM_EXIT },
	{ "IA32_VMX_ENTRY_CTLS",      VM_ENTRY },
	{ "IA32_VMX_PROCBASED_CTLS3", TERTIARY },
	{ "IA32_VMX_EXIT_CTLS2",      SECONDARY_VM_EXIT },
};

static void expect_start(const char *text, const char *start)
{
	if (!*start || strncmp(text, start, strlen(start)) != 0)
		fail_msg("\"%s\" should begin with \"%s\"", text, start);
}

/* If a capability is a control, its bit is the one that says that the control may be 1. */
static void capabilities_agree_with_the_controls(void **state)
{
	unsigned checked = 0, bit;
	char msr[32];

	(void)state;
	for (u32 number = 0; number < COUNT(capabilities); number++) {
		if (sscanf(capability_row(number)->source, "%31[^[][%u]", msr, &bit) != 2)
			fail_msg("%s has no register and bit", capabilities[number].name);
		for (size_t i = 0; i < COUNT(words); i++) {
			if (strcmp(msr, words[i].msr) != 0)
				continue;
			/* An MSR of two halves offers a control in the upper one. */
			if (words[i].word < CONTROL_WORDS) {
				assert_between(bit, 32, 63);
				bit -= 32;
			}
			expect_start(capabilities[number].text, control_name(words[i].word, bit));
			assert_int_equal(capability_of_control(words[i].word, bit), number);
			checked++;
		}
	}
	assert_between(checked, 70, COUNT(capabilities));
}

/* Those that every processor with VMX and EPT offers, or that no scenario can ask for. */
static const u32 without_capability[] = {
	PIN_BASED << 8 | 0, PIN_BASED << 8 | 3, PRIMARY << 8 | 7, PRIMARY << 8 | 10,
	PRIMARY << 8 | 11, PRIMARY << 8 | 15, PRIMARY << 8 | 16, PRIMARY << 8 | 19,
	PRIMARY << 8 | 20, PRIMARY << 8 | 23, PRIMARY << 8 | 24, PRIMARY << 8 | 29,
	PRIMARY << 8 | 31, VM_EXIT << 8 | 9, VM_ENTRY << 8 | 9, VM_ENTRY << 8 | 10,
	VM_ENTRY << 8 | 11,
};

static bool is_without_capability(u32 control)
{
	for (size_t i = 0; i < COUNT(without_capability); i++)
		if (without_capability[i] == control)
			return true;
	return false;
}

static void each_other_control_has_a_capability(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(controls); i++) {
		u32 control = controls[i].number;
		bool has = capability_of_control(control >> 8, control & 0xff) < CAPABILITIES;

		if (has == is_without_capability(control))
			fail_msg("%s has %s capability", controls[i].name, has ? "a" : "no");
	}
}

/* They are read in this order, so what says that an MSR exists must have been read before it. */
static void what_an_msr_depends_on_comes_first(void **state)
{
	const struct capability_msr *msr, *earlier;

	(void)state;
	for (unsigned which = 0; (msr = capability_msr(which)); which++) {
		bool known = msr->given == &vmx_capabilities.cpuid_1_ecx;

		for (unsigned i = 0; (earlier = capability_msr(i)) != msr; i++)
			known |= msr->given == earlier->value;
		if (!known)
			fail_msg("%s depends on something later", msr->name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_ascend_and_repeat_no_name),
		cmocka_unit_test(vmcs_encodings_are_full_accesses_without_reserved_bits),
		cmocka_unit_test(a_vmcs_name_says_whose_state_it_is),
		cmocka_unit_test(vmcs_encodings_are_those_of_the_sdm),
		cmocka_unit_test(exits_are_those_of_the_sdm),
		cmocka_unit_test(controls_of_a_word_ascend),
		cmocka_unit_test(capabilities_are_numbered_without_gaps),
		cmocka_unit_test(capabilities_agree_with_the_controls),
		cmocka_unit_test(each_other_control_has_a_capability),
		cmocka_unit_test(what_an_msr_depends_on_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
