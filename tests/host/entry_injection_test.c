/* entry_injection_test.c -- the model's rules of VM entry about event injection, against the SDM
 * (vol. 3, "Checks on VMX Controls")
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_twist.h"

/* VM-entry interruption information. */
#define EVENT(type, vector) (BIT(31) | (type) << 8 | (vector))
#define EXTERNAL_INTERRUPT(vector) EVENT(0, vector)
#define NMI EVENT(2, 2)
#define EXCEPTION(vector) EVENT(3, vector)
#define OTHER_EVENT(vector) EVENT(7, vector)
#define WITH_ERROR_CODE BIT(11)
#define GP (EXCEPTION(13) | WITH_ERROR_CODE)
#define INJECT(event) SET(entry_interruption_information, event)

#define NO_MONITOR_TRAP_FLAG LACK(primary, BIT(32 + ENTRY_PRIMARY_monitor_trap_flag))
#define GUEST_FRED BITS_ON(guest_cr4, CR4_FRED)
#define REAL_MODE \
	ON(SECONDARY, unrestricted_guest), SET(guest_cr0, 0x30), SET(guest_ia32_efer, 0), \
	OFF(ENTRY, ia_32e_mode_guest)
#define LENGTH(bytes) SET(entry_instruction_length, bytes)
#define SOFTWARE_LENGTH(event) \
	{ RULE(injection_length_above_15), { INJECT(event) }, { LENGTH(16) }, { LENGTH(15) } }, \
	{ RULE(injection_length_above_15), { INJECT(event) }, { LENGTH(BIT(31)) }, \
	  { LENGTH(1) } }, \
	{ RULE(injection_length_0), { INJECT(event), LENGTH(0) }, { LACK(misc, BIT(30)) }, NOTHING }

static const struct flips flips[] = {
	{ OF_FIELD(entry_interruption_information, 32),
	  { SET(entry_interruption_information, EXTERNAL_INTERRUPT(0x80)), OFFER(basic, BIT(58)),
	    SET(entry_instruction_length, 1), BITS_ON(guest_rflags, BIT(9)) },
	  { BITS_OFF(entry_interruption_information, BIT(31)) },
	  { { BIT(8), RULE(injection_type_1) }, { BIT(9), RULE(injection_vector_of_nmi) },
	    { BIT(11), RULE(injection_error_code_of_no_exception) },
	    { BIT(13), RULE(injection_nested_of_no_exception) },
	    { BITS(30, 14) | BIT(12), RULE(injection_reserved_bits) } } },
	{ OF_FIELD(entry_exception_error_code, 32), { INJECT(GP) },
	  { INJECT(EXCEPTION(6)) },
	  { { BITS(31, 16), RULE(injection_error_code_bits_31_16) } } },
};

static const struct twist twists[] = {
	{ RULE(injection_type_1), NOTHING, { INJECT(EVENT(1, 2)) }, { INJECT(NMI) } },
	{ RULE(injection_type_7_not_offered), { NO_MONITOR_TRAP_FLAG, LACK(cr4_fixed1, CR4_FRED) },
	  { INJECT(OTHER_EVENT(0)) }, NOTHING },
	{ RULE(injection_vector_of_type_7), { NO_MONITOR_TRAP_FLAG }, { INJECT(OTHER_EVENT(0)) },
	  NOTHING },
	{ RULE(injection_vector_of_type_7), { LACK(cr4_fixed1, CR4_FRED) },
	  { INJECT(OTHER_EVENT(1)) }, { INJECT(OTHER_EVENT(0)) } },
	{ RULE(injection_vector_of_type_7), { LENGTH(1), INJECT(OTHER_EVENT(1)) }, NOTHING,
	  { GUEST_FRED } },
	{ RULE(injection_vector_of_type_7), { LENGTH(1), GUEST_FRED }, { INJECT(OTHER_EVENT(3)) },
	  { INJECT(OTHER_EVENT(2)) } },
	{ RULE(injection_vector_of_type_7), { LENGTH(1) }, { INJECT(OTHER_EVENT(255)) },
	  { INJECT(OTHER_EVENT(0)) } },
	{ RULE(injection_vector_of_nmi), NOTHING, { INJECT(EVENT(2, 3)) }, { INJECT(NMI) } },
	{ RULE(injection_vector_of_exception), NOTHING, { INJECT(EXCEPTION(32)) },
	  { INJECT(EXCEPTION(31)) } },
	{ RULE(injection_error_code_of_no_exception), NOTHING, { INJECT(NMI | WITH_ERROR_CODE) },
	  { INJECT(NMI) } },
	{ RULE(injection_error_code_of_no_exception), { LENGTH(1) },
	  { INJECT(EVENT(6, 13) | WITH_ERROR_CODE) }, { INJECT(GP) } },
	{ RULE(injection_error_code_in_real_mode), { REAL_MODE }, { INJECT(GP) },
	  { INJECT(EXCEPTION(13)) } },
	{ RULE(injection_vector_without_error_code), { ON(SECONDARY, unrestricted_guest) },
	  { INJECT(EXCEPTION(13)) }, { INJECT(GP) } },
	{ RULE(injection_error_code_of_vector_without), NOTHING,
	  { INJECT(EXCEPTION(6) | WITH_ERROR_CODE) },
	  { INJECT(EXCEPTION(6) | WITH_ERROR_CODE), OFFER(basic, BIT(56)) } },
	{ RULE(injection_vector_without_error_code), NOTHING, { INJECT(EXCEPTION(14)) },
	  { INJECT(EXCEPTION(14)), OFFER(basic, BIT(56)) } },
	{ RULE(injection_nested_of_no_exception), { OFFER(basic, BIT(58)) },
	  { INJECT(NMI | BIT(13)) }, { INJECT(GP | BIT(13)) } },
	{ RULE(injection_nested_not_offered), NOTHING, { INJECT(GP | BIT(13)) }, { INJECT(GP) } },
	{ RULE(injection_error_code_bits_31_16), { SET(entry_exception_error_code, BIT(16)) },
	  { INJECT(GP) }, { INJECT(NMI) } },
	SOFTWARE_LENGTH(EVENT(4, 0x80)),
	SOFTWARE_LENGTH(EVENT(5, 1)),
	SOFTWARE_LENGTH(EVENT(6, 3)),
	{ RULE(injection_length_above_15), { GUEST_FRED, INJECT(OTHER_EVENT(1)) }, { LENGTH(16) },
	  { LENGTH(15) } },
	{ RULE(injection_length_0), { GUEST_FRED, INJECT(OTHER_EVENT(2)), LACK(misc, BIT(30)) },
	  { LENGTH(0) }, { LENGTH(1) } },
	{ RULE(injection_length_above_15), { LENGTH(16) }, { INJECT(EVENT(4, 0)) },
	  { INJECT(GP) } },
	{ RULE(injection_length_above_15), { LENGTH(16) }, { INJECT(EVENT(6, 4)) },
	  { INJECT(OTHER_EVENT(0)) } },
	{ RULE(injection_length_above_15), { LENGTH(BIT(31)) }, { INJECT(EVENT(5, 1)) },
	  { INJECT(EVENT(5, 1) & ~BIT(31)) } },
};

static struct twist_tables tables = {
	.twists = twists, .twist_count = COUNT(twists), .flips = flips, .flips_count = COUNT(flips),
};

/* By IA32_VMX_BASIC[56], the processor does not distinguish them. */
static unsigned rule_of_exception(unsigned vector, bool error_code, bool distinguished)
{
	static const bool has_one[32] = {
		[8] = true, [10] = true, [11] = true, [12] = true,
		[13] = true, [14] = true, [17] = true,
	};

	if (vector > 31)
		return RULE(injection_vector_of_exception);
	if (!distinguished || has_one[vector] == error_code)
		return NO_RULE;
	return error_code ? RULE(injection_error_code_of_vector_without)
			  : RULE(injection_vector_without_error_code);
}

static void each_exception_has_an_error_code_or_none(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 256 * 4; i++) {
		unsigned vector = i & 255;
		bool error_code = i >> 8 & 1, distinguished = i >> 9 & 1;

		make_world();
		processor.basic |= distinguished ? 0 : BIT(56);
		world.fields[ENTRY_FIELD_entry_interruption_information] =
			EXCEPTION(vector) | (error_code ? WITH_ERROR_CODE : 0);
		expect_only(rule_of_exception(vector, error_code, distinguished), "exception",
			    vector);
	}
}

static bool is_about_injection(const struct entry_rule_row *row)
{
	return strncmp(row->name, "injection_", strlen("injection_")) == 0;
}

static void each_rule_about_injection_is_broken_here(void **state)
{
	(void)state;
	expect_all_broken(&tables, is_about_injection);
}

static const struct CMUnitTest tests[] = {
	TESTS_OF_TABLES(&tables),
	cmocka_unit_test(each_exception_has_an_error_code_or_none),
	cmocka_unit_test(each_rule_about_injection_is_broken_here),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
