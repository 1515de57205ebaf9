/* vmcs_fields.c -- which fields the VMCS has, and that each keeps what is written
 * (SDM vol. 3, appendix "Field Encoding in VMCS")
 */
#include "kernel/cpuid.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/vmx/expect_outcome.h"
#include "tests/suites/vmx/start_state.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

static const u32 fields[] = {
#define VMCS(encoding, width, kind, name) encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

#define INDEX(encoding)    ((encoding) >> 1 & 511)
#define INDICES            512

/* Fields that exist only with a control; if a field has several rows, one of their controls is
 * enough. */
static const struct {
	u16 field;
	u8 word;
	u32 control;
} needs[] = {
#define VMCS_NEEDS(field, word, control) { field, word, word##_##control },
#define VMCS_EXISTS(field, condition)
#include "tests/suites/vmx/vmcs_fields.def"
#undef VMCS_NEEDS
#undef VMCS_EXISTS
};

/* Whether the SDM's notes under the tables of encodings say that the field exists here. */
static bool exists(u32 field)
{
	bool needs_one = false;

	switch (field) {
#define CR3_TARGETS (vmx_capabilities.misc >> 16 & 511)
#define VMCS_NEEDS(field, word, control)
#define VMCS_EXISTS(field, condition) case field: return condition;
#include "tests/suites/vmx/vmcs_fields.def"
#undef VMCS_NEEDS
#undef VMCS_EXISTS
#undef CR3_TARGETS
	default: break;
	}
	for (size_t i = 0; i < COUNT(needs); i++) {
		if (needs[i].field != field)
			continue;
		if (control_limits(needs[i].word).may_be_one & needs[i].control)
			return true;
		needs_one = true;
	}
	return !needs_one;
}

static void expect_end(u32 field, const char *instruction, outcome_t outcome, outcome_t expected)
{
	char what[80];

	if (outcome == expected)
		return;
	print_into(what, sizeof(what), "%s of %s (%#x)",
		   instruction, vmcs_field_name(field & ~1u), field);
	expect_outcome(__FILE__, __LINE__, what, outcome, expected);
}

static void with_current_vmcs(void (*run)(const struct test *test), const struct test *test)
{
	struct vmx_state_pointers pointers;

	vmx_state_start(CLEAR, &pointers);
	run(test);
	vmx_state_end();
}

/* Defines a test that runs with a current VMCS, which is clear. */
#define VMCS_TEST(function, title, sentence, section)                                              \
	static void function(const struct test *test);                                             \
	TEST(title, sentence, section)                                                             \
	{                                                                                          \
		with_current_vmcs(function, test);                                                 \
	}                                                                                          \
	static void function(__attribute__((unused)) const struct test *test)

struct group {
	enum vmcs_width width;
	enum vmcs_kind kind;
};

static void read_group(const struct test *test)
{
	const struct group *group = test->row;
	u64 value;

	for (size_t i = 0; i < COUNT(fields); i++)
		if (VMCS_WIDTH(fields[i]) == group->width && VMCS_KIND(fields[i]) == group->kind
		    && exists(fields[i]))
			expect_end(fields[i], "VMREAD", vmread(fields[i], &value), SUCCEEDED);
}

static void run_group(const struct test *test)
{
	with_current_vmcs(read_group, test);
}

#define VMCS_GROUP(name, width, kind, section)                                                     \
	static const struct group name = { width, kind };                                          \
	TEST_ROW(name, run_group, &name, "vmcs_fields/" #name,                                     \
		 "each field that the offered controls ask for can be read", section);
#include "tests/suites/vmx/vmcs_groups.def"
#undef VMCS_GROUP

VMCS_TEST(other_fields, "vmcs_fields/others_do_not_exist",
	  "VMREAD of a field that comes with a control which may not be 1 is VMfailValid 12",
	  "Field Encoding in VMCS")
{
	u64 value;

	for (size_t i = 0; i < COUNT(fields); i++)
		if (!exists(fields[i]))
			expect_end(fields[i], "VMREAD", vmread(fields[i], &value),
				   FAIL_VALID(ERROR_unsupported_component));
}

/* Fields that are missing are left out without a word: the tests above report them. */
static bool is_writable(u32 field)
{
	u64 value;

	return VMCS_KIND(field) != RESULT && vmread(field, &value) == SUCCEEDED;
}

static void expect_value(u32 field, u64 expected)
{
	u64 value = ~expected;

	expect_end(field, "VMREAD", vmread(field, &value), SUCCEEDED);
	if (value != expected)
		FAIL("%s (%#x) is %#lx, expected %#lx",
		     vmcs_field_name(field & ~1u), field, value, expected);
}

/* The values are 1, 2, 3 and so on: they fit into the narrowest field, and set no reserved bit. */
VMCS_TEST(distinct_fields, "vmcs_fields/are_distinct",
	  "each field keeps its own value while all others are written", "VMWRITE--Write Field to "
	  "Virtual-Machine Control Structure")
{
	for (size_t i = 0; i < COUNT(fields); i++)
		if (is_writable(fields[i]))
			expect_end(fields[i], "VMWRITE", vmwrite(fields[i], i + 1), SUCCEEDED);
	for (size_t i = 0; i < COUNT(fields); i++)
		if (is_writable(fields[i]))
			expect_value(fields[i], i + 1);
}
_Static_assert(COUNT(fields) < 256, "a value fits into the access rights that are not reserved");

VMCS_TEST(whole_width, "vmcs_fields/keep_their_whole_width",
	  "16-bit, 64-bit and natural-width fields keep as many bits, and drop all above",
	  "VMWRITE--Write Field to Virtual-Machine Control Structure")
{
	static const u64 ones[] = { [W16] = BITS(15, 0), [W64] = ~0ull, [NAT] = ~0ull };

	for (size_t i = 0; i < COUNT(fields); i++) {
		if (!is_writable(fields[i]) || VMCS_WIDTH(fields[i]) == W32)
			continue;
		expect_end(fields[i], "VMWRITE", vmwrite(fields[i], ~0ull), SUCCEEDED);
		expect_value(fields[i], ones[VMCS_WIDTH(fields[i])]);
	}
}

static void check_halves(u32 field)
{
	u64 low = 0x11111111, high = 0x22222222;

	expect_end(field, "VMWRITE", vmwrite(field, high << 32 | low), SUCCEEDED);
	expect_value(field + 1, high);
	expect_end(field + 1, "VMWRITE", vmwrite(field + 1, low), SUCCEEDED);
	expect_value(field, low << 32 | low);
}

VMCS_TEST(high_halves, "vmcs_fields/have_high_halves",
	  "the high half of a 64-bit field can be read and written by itself",
	  "VMREAD, VMWRITE, and Encodings of VMCS Fields")
{
	for (size_t i = 0; i < COUNT(fields); i++)
		if (VMCS_WIDTH(fields[i]) == W64 && is_writable(fields[i]))
			check_halves(fields[i]);
}

/* The field of the index that can be read; 0 if none can. */
static u32 readable_at(u32 index)
{
	u64 value;

	for (u32 group = 0; group < 16; group++) {
		u32 encoding = (group >> 2) << 13 | (group & 3) << 10 | index << 1;
		if (vmread(encoding, &value) == SUCCEEDED)
			return encoding;
	}
	return 0;
}

VMCS_TEST(no_higher_index, "vmcs_fields/none_has_a_higher_index",
	  "no field has an index above the one in IA32_VMX_VMCS_ENUM", "VMCS Enumeration")
{
	u32 highest = INDEX(vmx_capabilities.vmcs_enum), encoding;

	for (u32 index = highest + 1; index < INDICES; index++) {
		encoding = readable_at(index);
		if (encoding)
			FAIL("%#x can be read, but the highest index is said to be %#x",
			     encoding, highest);
	}
}

VMCS_TEST(highest_index, "vmcs_fields/one_has_the_highest_index",
	  "some field has the index in IA32_VMX_VMCS_ENUM", "VMCS Enumeration")
{
	u32 highest = INDEX(vmx_capabilities.vmcs_enum);

	if (!readable_at(highest))
		FAIL("no field with index %#x can be read", highest);
}
