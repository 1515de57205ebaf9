/* clock_choice_test.c -- when measurements of a clock can be trusted
 * links: kernel/clock_choice.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/clock_choice.h"

/* What a clock measures, one value after the other; the test fails if more is asked of it. */
static u64 values[8];
static unsigned asked, given;

static u64 measure_values(void)
{
	assert_true(asked < given);
	return values[asked++];
}

#define MEASURE(...) measure((const u64[]){ __VA_ARGS__ }, COUNT(((const u64[]){ __VA_ARGS__ })))

static u64 measure(const u64 *list, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		values[i] = list[i];
	given = count;
	asked = 0;
	return clock_measure(measure_values);
}

static void a_sixteenth_is_the_most_that_two_may_differ(void **state)
{
	(void)state;
	assert_true(clock_agrees(1600, 1600));
	assert_true(clock_agrees(1600, 1700));
	assert_true(clock_agrees(1700, 1600));
	assert_false(clock_agrees(1600, 1701));
	assert_false(clock_agrees(1701, 1600));
	assert_false(clock_agrees(~0ull, 1));
}

static void a_clock_that_stands_still_agrees_with_nothing(void **state)
{
	(void)state;
	assert_false(clock_agrees(0, 0));
	assert_false(clock_agrees(0, 1600));
	assert_false(clock_agrees(1600, 0));
}

static void two_measurements_are_enough_if_they_agree(void **state)
{
	(void)state;
	assert_int_equal(MEASURE(1000, 1001), 1001);
	assert_int_equal(asked, 2);
}

static void a_measurement_that_was_disturbed_is_made_again(void **state)
{
	(void)state;
	assert_int_equal(MEASURE(5000, 1000, 1010), 1010);
	assert_int_equal(MEASURE(1000, 5000, 1000, 1001), 1001);
}

static void without_agreement_there_is_no_clock(void **state)
{
	(void)state;
	assert_int_equal(MEASURE(0), 0);
	assert_int_equal(MEASURE(1000, 0), 0);
	assert_int_equal(MEASURE(1, 2, 4, 8, 16), 0);
	assert_int_equal(asked, CLOCK_TRIES);
}

/* The figures of a Tiger Lake: a crystal of 38.4 MHz, and a TSC of 2.419 GHz. */
static void a_crystal_gives_the_frequency(void **state)
{
	(void)state;
	assert_int_equal(clock_by_crystal(2, 126, 38400000), 2419200);
	assert_int_equal(clock_by_crystal(1, ~0u, ~0u), (u64)~0u * ~0u / 1000);
}

static void a_leaf_without_a_part_gives_none(void **state)
{
	(void)state;
	assert_int_equal(clock_by_crystal(0, 126, 38400000), 0);
	assert_int_equal(clock_by_crystal(2, 0, 38400000), 0);
	assert_int_equal(clock_by_crystal(2, 292, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sixteenth_is_the_most_that_two_may_differ),
		cmocka_unit_test(a_clock_that_stands_still_agrees_with_nothing),
		cmocka_unit_test(two_measurements_are_enough_if_they_agree),
		cmocka_unit_test(a_measurement_that_was_disturbed_is_made_again),
		cmocka_unit_test(without_agreement_there_is_no_clock),
		cmocka_unit_test(a_crystal_gives_the_frequency),
		cmocka_unit_test(a_leaf_without_a_part_gives_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
