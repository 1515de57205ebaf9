/* timer_erratum_test.c -- processors whose VMX-preemption timer has an erratum
 * links: vmx/timer_erratum.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vmx/timer_erratum.h"

static void processors_with_an_erratum_are_known(void **state)
{
	(void)state;
	assert_string_equal(timer_erratum_of(0x206e6), "BA86");
	assert_string_equal(timer_erratum_of(0x106e5), "AAN92");
	assert_string_equal(timer_erratum_of(0x106a5), "AAJ124");
	assert_string_equal(timer_erratum_of(0x306a8), "none");
}

static void other_steppings_and_models_have_none(void **state)
{
	(void)state;
	assert_null(timer_erratum_of(0));
	assert_null(timer_erratum_of(0x106e4));
	assert_null(timer_erratum_of(0x50654));
	assert_null(timer_erratum_of(0x1106e5));
}

static void type_and_reserved_bits_do_not_count(void **state)
{
	(void)state;
	assert_string_equal(timer_erratum_of(0x106e5 | 3u << 12 | 3u << 14 | 15u << 28), "AAN92");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(processors_with_an_erratum_are_known),
		cmocka_unit_test(other_steppings_and_models_have_none),
		cmocka_unit_test(type_and_reserved_bits_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
