/* controls.c -- the capability MSRs of the VMX controls must not contradict each other
 * (SDM vol. 3, appendix "VMX Capability Reporting Facility")
 */
#include "kernel/print.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

struct control_pair {
	const u64 *plain, *exact;               /* the MSR, and its TRUE companion */
	u32 default1;                           /* bits that must be 1 by the plain MSR alone */
};

static void expect_none(const char *what, u32 bits)
{
	if (bits)
		FAIL("%s: %#x", what, bits);
}

static void required_are_allowed(const struct test *test)
{
	const struct control_pair *pair = test->row;
	struct control_limits plain = control_limits_of(*pair->plain);
	struct control_limits exact = control_limits_of(*pair->exact);

	expect_none("bits that must be 1 but may not", plain.must_be_one & ~plain.may_be_one);
	expect_none("bits that must be 1 but may not, by the TRUE MSR",
		    exact.must_be_one & ~exact.may_be_one);
}

static void default1_class(const struct test *test)
{
	const struct control_pair *pair = test->row;
	struct control_limits limits = control_limits_of(*pair->plain);

	expect_none("bits of the default1 class that may be 0",
		    pair->default1 & ~limits.must_be_one);
	expect_none("bits of the default1 class that may not be 1",
		    pair->default1 & ~limits.may_be_one);
	expect_none("bits outside of the default1 class that must be 1",
		    limits.must_be_one & ~pair->default1);
}

static void true_msr_only_relaxes(const struct test *test)
{
	const struct control_pair *pair = test->row;
	struct control_limits plain = control_limits_of(*pair->plain);
	struct control_limits exact = control_limits_of(*pair->exact);

	if (!capability_offered(CAPABILITY_true_controls)) {
		skip("%s is 0", capability_row(CAPABILITY_true_controls)->source);
		return;
	}
	expect_none("bits that must be 1 by the TRUE MSR alone",
		    exact.must_be_one & ~plain.must_be_one);
	expect_none("bits that may be 1 by one MSR alone", exact.may_be_one ^ plain.may_be_one);
}

#define CONTROL_PAIR(member, exact, default1, text, section)                                       \
	static const struct control_pair member##_pair = {                                         \
		&vmx_capabilities.member, &vmx_capabilities.exact, default1                        \
	};                                                                                         \
	TEST_ROW(member##_required_are_allowed, required_are_allowed, &member##_pair,              \
		 "probe/" #member "_required_are_allowed",                                         \
		 "a " text " control that must be 1 may be 1", section);                           \
	TEST_ROW(member##_default1_class, default1_class, &member##_pair,                          \
		 "probe/" #member "_default1_class",                                               \
		 "just the " text " controls of the default1 class must be 1", section);           \
	TEST_ROW(member##_true_msr_only_relaxes, true_msr_only_relaxes, &member##_pair,            \
		 "probe/" #member "_true_msr",                                                     \
		 "the TRUE MSR of the " text " controls only adds that some may be 0", section);
#include "tests/suites/probe/control_pairs.def"
#undef CONTROL_PAIR

/* A control that VM entry refuses without another one is of no use without it. */
struct dependency {
	enum control_word word, needed_word;
	u32 control, needed;
};

/* "IA32_VMX_PROCBASED_CTLS2[49] (enable PML)": the bit that says whether a control may be 1. */
static void say_source(char *text, size_t size, enum control_word word, u32 control)
{
	static const char *const msrs[] = {
		[PIN_BASED] = "PINBASED_CTLS",   [PRIMARY] = "PROCBASED_CTLS",
		[SECONDARY] = "PROCBASED_CTLS2", [TERTIARY] = "PROCBASED_CTLS3",
		[VM_EXIT]   = "EXIT_CTLS",       [SECONDARY_VM_EXIT] = "EXIT_CTLS2",
		[VM_ENTRY]  = "ENTRY_CTLS",
	};
	unsigned bit = (unsigned)__builtin_ctz(control);
	unsigned allowed_at = word < CONTROL_WORDS ? bit + 32 : bit;

	print_into(text, size, "IA32_VMX_%s[%u] (%s)",
		   msrs[word], allowed_at, control_name(word, bit));
}

static void needs_companion(const struct test *test)
{
	const struct dependency *row = test->row;
	char control[80], needed[80];

	say_source(control, sizeof(control), row->word, row->control);
	say_source(needed, sizeof(needed), row->needed_word, row->needed);
	if (!(control_limits(row->word).may_be_one & row->control))
		skip("%s is 0", control);
	else if (!(control_limits(row->needed_word).may_be_one & row->needed))
		FAIL("%s is 1, but %s is 0", control, needed);
}

#define DEPENDENCY(word, control, needed_word, needed, section)                                    \
	static const struct dependency control##_needs_##needed = {                                \
		word, needed_word, word##_##control, needed_word##_##needed                        \
	};                                                                                         \
	TEST_ROW(control##_needs_##needed, needs_companion, &control##_needs_##needed,             \
		 "probe/" #control "_needs_" #needed,                                              \
		 "where " #control " may be 1, " #needed " may be 1", section);
#include "vmx/dependencies.def"
#undef DEPENDENCY
