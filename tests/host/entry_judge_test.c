/* entry_judge_test.c -- what a case of VM entry says about rules, fields and bases, and which are
 * to blame for one that is wrong
 * links: tests/suites/entry/judge.c tests/suites/entry/results.c tests/suites/entry/observed.c
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/suites/entry/judge.h"

const struct entry_base entry_bases[ENTRY_BASES];

static const struct entry_processor processor;
static struct entry_results results;
static struct entry_trial trial;
static struct entry_case tried;
static struct entry_set violated;

#define FIELD_ID(name) ENTRY_FIELD_##name
#define RULE(name) ENTRY_RULE_##name
#define OBSERVATION(name) ENTRY_OBSERVATION_##name

/* --- Cases ------------------------------------------------------------------------------------ */

/* In the first base; the test says which rules the case violates. */
static int start(void **state)
{
	(void)state;
	memset(&results, 0, sizeof(results));
	memset(&tried, 0, sizeof(tried));
	memset(&violated, 0, sizeof(violated));
	trial = (struct entry_trial){ .results = &results };
	trial.machine.base = entry_bases;
	trial.machine.state.processor = &processor;
	trial.machine.state.fields[FIELD_ID(vmcs_link_pointer)] = ~0ul;
	return 0;
}

static void twist(enum entry_field field, u64 value)
{
	tried.twists[tried.count++] = (struct entry_twist){ field, value };
	trial.machine.state.fields[field] = value;
}

#define LEGAL(field, value) twist(FIELD_ID(field), value)
#define VIOLATE(rule, field, value) \
	(twist(FIELD_ID(field), value), entry_set_add(&violated, RULE(rule)))

static void poison(void)
{
	tried.poisoned = true;
}

#define VMFAIL(number)        { .outcome = { ENTRY_VMFAIL, number, 0 } }
#define FAILS(number, of)     { .outcome = { ENTRY_FAILS, number, of } }
#define SUCCESS               { .outcome = { ENTRY_SUCCEEDS, 0, 0 } }
/* An end that may be, and one observation that finds something else than it should. */
#define LEAVES(end, number, observation)                                                           \
	{ .outcome = { ENTRY_##end, number, 0 }, .count = 1, .observations = { observation },      \
	  .differences = { { .exists = true, .what = "CR3" } } }
#define END(...) (&(const struct entry_observed)__VA_ARGS__)

static void judge(const struct entry_observed *observed)
{
	entry_judge(&trial, &tried, &violated, observed);
}

/* --- What it said ----------------------------------------------------------------------------- */

struct sums { unsigned rules, fields, bases; };

static unsigned sum(const struct entry_result *some, unsigned count, size_t member)
{
	unsigned all = 0;

	for (unsigned i = 0; i < count; i++)
		all += *(const u32 *)((const char *)&some[i] + member);
	return all;
}

static struct sums sums(size_t member)
{
	struct sums all = {
		sum(results.rules, ENTRY_RULES, member), sum(results.fields, ENTRY_FIELDS, member),
		0,
	};

	for (unsigned i = 0; i < ENTRY_BASES; i++)
		all.bases += sum(&results.bases[i].result, 1, member);
	return all;
}

/* So many rules, fields and bases are said to be right, and to be wrong. */
static void expect_right(unsigned rules, unsigned fields)
{
	struct sums right = sums(offsetof(struct entry_result, cases));

	assert_int_equal(right.rules, rules);
	assert_int_equal(right.fields, fields);
}

static void expect_wrong(unsigned rules, unsigned fields, unsigned bases)
{
	struct sums wrong = sums(offsetof(struct entry_result, wrong));

	assert_int_equal(wrong.rules, rules);
	assert_int_equal(wrong.fields, fields);
	assert_int_equal(wrong.bases, bases);
}

#define WRONG(name) (results.rules[RULE(name)].wrong)

/* --- Tests ------------------------------------------------------------------------------------ */

static void rule_violated_alone_is_counted(void **state)
{
	(void)state;
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(FAILS(33, 0)));
	expect_right(1, 0);
	expect_wrong(0, 0, 0);
	assert_int_equal(results.rules[RULE(dr7_bits_63_32)].cases, 1);
	assert_true(trial.examples[RULE(dr7_bits_63_32)].known);
	assert_int_equal(trial.examples[RULE(dr7_bits_63_32)].twist.value, BIT(40));
}

static void two_rules_say_nothing_of_either(void **state)
{
	(void)state;
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	VIOLATE(cs_base_63_32, guest_cs_base, BIT(40));
	judge(END(FAILS(33, 0)));
	expect_right(0, 0);
	expect_wrong(0, 0, 0);
}

static void legal_value_is_counted(void **state)
{
	(void)state;
	LEGAL(guest_dr7, 0);
	judge(END(SUCCESS));
	expect_right(0, 1);
	expect_wrong(0, 0, 0);
	assert_int_equal(results.fields[FIELD_ID(guest_dr7)].cases, 1);
}

static void entered_in_spite_of_a_rule(void **state)
{
	(void)state;
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(SUCCESS));
	expect_right(0, 0);
	expect_wrong(1, 0, 0);
	assert_int_equal(WRONG(dr7_bits_63_32), 1);
	assert_int_equal(results.rules[RULE(dr7_bits_63_32)].first->count, 1);
}

static void refused_by_another_stage(void **state)
{
	(void)state;
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(VMFAIL(7)));
	expect_wrong(1, 0, 0);
	assert_int_equal(WRONG(dr7_bits_63_32), 1);
}

/* Of controls and guest state, it is the controls that should have refused. */
static void earliest_stage_is_to_blame(void **state)
{
	(void)state;
	VIOLATE(pin_based_bits_that_must_be_1, pin_based_controls, 0);
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(SUCCESS));
	assert_int_equal(WRONG(dr7_bits_63_32), 0);
	assert_int_equal(WRONG(pin_based_bits_that_must_be_1), 1);
}

/* A processor may look at them in any order. */
static void controls_and_host_state_are_one_stage(void **state)
{
	(void)state;
	VIOLATE(host_fs_base_not_canonical, host_fs_base, BIT(63));
	VIOLATE(pin_based_bits_that_must_be_1, pin_based_controls, 0);
	judge(END(SUCCESS));
	assert_int_equal(WRONG(host_fs_base_not_canonical), 1);
	assert_int_equal(WRONG(pin_based_bits_that_must_be_1), 1);
}

/* MSRs come after guest state, the PDPTEs and the link pointer do not. */
static void stages_of_guest_state_are_one(void **state)
{
	(void)state;
	VIOLATE(link_pointer_misaligned, vmcs_link_pointer, 1);
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(SUCCESS));
	assert_int_equal(WRONG(dr7_bits_63_32), 1);
	assert_int_equal(WRONG(link_pointer_misaligned), 1);
}

static void msrs_are_not_to_blame_before_guest_state(void **state)
{
	(void)state;
	VIOLATE(entry_msr_fs_base, entry_msr_load_address, 0x1000);
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(SUCCESS));
	assert_int_equal(WRONG(dr7_bits_63_32), 1);
	assert_int_equal(WRONG(entry_msr_fs_base), 0);
}

static void wrong_aftermath_of_a_refusal(void **state)
{
	(void)state;
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(LEAVES(FAILS, 33, OBSERVATION(host_after_failed_entry))));
	expect_right(1, 0);
	expect_wrong(0, 0, 0);
	assert_int_equal(results.observations[OBSERVATION(host_after_failed_entry)].wrong, 1);
}

static void wrong_aftermath_of_a_legal_state(void **state)
{
	(void)state;
	LEGAL(guest_dr7, 0);
	judge(END(LEAVES(SUCCEEDS, 0, ENTRY_GOES_ON)));
	expect_right(0, 1);
	expect_wrong(0, 0, 1);
	assert_int_equal(results.bases[0].result.wrong, 1);
}

/* Only one rule looks at the field. */
static void legal_value_refused_by_its_rule(void **state)
{
	(void)state;
	LEGAL(guest_dr7, 0);
	judge(END(FAILS(33, 0)));
	expect_wrong(1, 0, 0);
	assert_int_equal(WRONG(dr7_bits_63_32), 1);
}

/* It is not the first that the rule looks at. */
static void legal_value_of_a_second_field_refused(void **state)
{
	(void)state;
	poison();
	LEGAL(host_ia32_pat, 6);
	judge(END(VMFAIL(8)));
	expect_wrong(1, 0, 0);
	assert_int_equal(WRONG(host_pat_reserved_type), 1);
}

static void legal_value_refused_by_one_of_many_rules(void **state)
{
	(void)state;
	LEGAL(guest_cs_access_rights, 0xa09f);
	judge(END(FAILS(33, 0)));
	expect_wrong(0, 1, 0);
	assert_int_equal(results.fields[FIELD_ID(guest_cs_access_rights)].wrong, 1);
}

/* No rule that looks at the field ends so. */
static void legal_value_refused_by_no_rule(void **state)
{
	(void)state;
	LEGAL(guest_dr7, 0);
	judge(END(VMFAIL(8)));
	expect_wrong(0, 1, 0);
}

static void legal_base_refused(void **state)
{
	(void)state;
	judge(END(FAILS(33, 0)));
	expect_wrong(0, 0, 1);
}

/* An NMI with blocking by STI may be refused, but with a qualification of its own. */
static void choice_of_the_processor_told_wrongly(void **state)
{
	(void)state;
	trial.machine.state.fields[FIELD_ID(guest_interruptibility_state)] = 1;
	LEGAL(entry_interruption_information, BIT(31) | 2 << 8 | 2);
	judge(END(FAILS(33, 3)));
	expect_wrong(0, 0, 0);
	judge(END(FAILS(33, 0)));
	expect_wrong(0, 0, 1);
}

static void poison_alone_is_refused(void **state)
{
	(void)state;
	poison();
	LEGAL(io_bitmap_a, 0x3000);
	judge(END(FAILS(33, 0)));
	expect_right(0, 1);
	expect_wrong(0, 0, 0);
	judge(END(SUCCESS));
	expect_wrong(0, 1, 0);
}

static void poison_hides_guest_state_alone(void **state)
{
	(void)state;
	poison();
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(FAILS(33, 0)));
	expect_right(0, 0);
	start(state);
	poison();
	VIOLATE(pin_based_bits_that_must_be_1, pin_based_controls, 0);
	judge(END(FAILS(33, 0)));
	expect_right(0, 0);
	assert_int_equal(WRONG(pin_based_bits_that_must_be_1), 1);
	judge(END(VMFAIL(7)));
	assert_int_equal(results.rules[RULE(pin_based_bits_that_must_be_1)].cases, 1);
}

/* No rule of guest state ends so, poisoned or not. */
static void poison_is_not_to_blame_for_vmfail(void **state)
{
	(void)state;
	poison();
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	judge(END(VMFAIL(8)));
	expect_wrong(0, 0, 1);
}

static void pair_is_judged_for_itself(void **state)
{
	(void)state;
	VIOLATE(host_fs_base_not_canonical, host_fs_base, BIT(63));
	VIOLATE(dr7_bits_63_32, guest_dr7, BIT(40));
	entry_judge_pair(&trial, &tried, &violated, END(VMFAIL(8)));
	assert_int_equal(results.pairs.wrong, 0);
	entry_judge_pair(&trial, &tried, &violated, END(FAILS(33, 0)));
	assert_int_equal(results.pairs.wrong, 1);
	entry_judge_pair(&trial, &tried, &violated,
			 END(LEAVES(VMFAIL, 8, OBSERVATION(host_after_vmfail))));
	assert_int_equal(results.pairs.wrong, 1);
	assert_int_equal(results.observations[OBSERVATION(host_after_vmfail)].wrong, 1);
	assert_int_equal(results.pairs.cases, 3);
	expect_wrong(0, 0, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, start)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rule_violated_alone_is_counted),
		TEST(two_rules_say_nothing_of_either),
		TEST(legal_value_is_counted),
		TEST(entered_in_spite_of_a_rule),
		TEST(refused_by_another_stage),
		TEST(earliest_stage_is_to_blame),
		TEST(controls_and_host_state_are_one_stage),
		TEST(stages_of_guest_state_are_one),
		TEST(msrs_are_not_to_blame_before_guest_state),
		TEST(wrong_aftermath_of_a_refusal),
		TEST(wrong_aftermath_of_a_legal_state),
		TEST(legal_value_refused_by_its_rule),
		TEST(legal_value_of_a_second_field_refused),
		TEST(legal_value_refused_by_one_of_many_rules),
		TEST(legal_value_refused_by_no_rule),
		TEST(legal_base_refused),
		TEST(choice_of_the_processor_told_wrongly),
		TEST(poison_alone_is_refused),
		TEST(poison_hides_guest_state_alone),
		TEST(poison_is_not_to_blame_for_vmfail),
		TEST(pair_is_judged_for_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
