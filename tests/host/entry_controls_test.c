/* entry_controls_test.c -- the model's rules of VM entry about the controls, against the SDM
 * (vol. 3, "Checks on VMX Controls")
 * links: tests/model/entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_world.h"

static void the_world_violates_no_rule(void **state)
{
	struct entry_set violated;

	(void)state;
	make_world();
	violated = entry_violations(&world);
	assert_int_equal(entry_set_count(&violated), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_world_violates_no_rule),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
