/* alternatives_test.c -- which of several expected exits has come, and where the answer begins
 * links: tests/player/alternatives.c vmx/exit.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "tests/player/alternatives.h"
#include "tests/player/state_steps.h"

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

/* Here RAX is 1 after each exit, each field of the VMCS 2, and the guest is in view 3. */
bool player_observable_agrees(const struct player *player, const struct script_step *step)
{
	(void)player;
	return step->value == 1;
}

bool player_vmcs_agrees(const struct script_step *step)
{
	return step->value == 2;
}

/* And each register of the host is 4. */
bool player_host_agrees(const struct script_step *step)
{
	return step->value == 4;
}

u32 guest_view_current(const struct guest_views *views)
{
	(void)views;
	return 3;
}

enum { EXPECT_CPUID, OR_HLT = 3, OR_CPUID_TOO = 5, OR_CPUID = 7, LAST = 10, ANSWER };

static const struct script_step steps[] = {
	[EXPECT_CPUID] = { .kind = STEP_EXPECT, .what = EXIT_cpuid },
	{ .kind = STEP_CHECK, .value = 1 },
	{ .kind = STEP_CHECK_VMCS, .value = 1 },
	[OR_HLT] = { .kind = STEP_OR_EXIT, .what = EXIT_hlt },
	{ .kind = STEP_CHECK_VIEW, .view = 1 },
	[OR_CPUID_TOO] = { .kind = STEP_OR_EXIT, .what = EXIT_cpuid },
	{ .kind = STEP_HOST, .value = 5 },
	[OR_CPUID] = { .kind = STEP_OR_EXIT, .what = EXIT_cpuid },
	{ .kind = STEP_HOST, .value = 4 },
	{ .kind = STEP_CHECK_VMCS, .value = 2 },
	[LAST] = { .kind = STEP_CHECK_VIEW, .view = 3 },
	[ANSWER] = { .kind = STEP_HOLDS },
	{ .kind = STEP_FINISH },
};

static ptrdiff_t found_after(u16 reason, bool timed_out)
{
	static struct player player;
	const struct script_step *found;

	player.vm.exit = (struct exit){ .reason_field = reason, .timed_out = timed_out };
	found = alternative_of(&player, steps);
	return found ? found - steps : -1;
}

static void the_first_with_which_all_agrees_is_found(void **state)
{
	(void)state;
	assert_int_equal(found_after(EXIT_cpuid, false), OR_CPUID);
}

static void if_none_agrees_the_first_of_that_exit_is_found(void **state)
{
	(void)state;
	assert_int_equal(found_after(EXIT_hlt, false), OR_HLT);
}

static void another_exit_is_none_of_them_nor_is_the_watchdog_s(void **state)
{
	(void)state;
	assert_int_equal(found_after(EXIT_vmcall, false), -1);
	assert_int_equal(found_after(EXIT_cpuid, true), -1);
}

static void the_answer_begins_behind_all_of_them(void **state)
{
	(void)state;
	assert_ptr_equal(last_alternative(&steps[OR_HLT]), &steps[LAST]);
	assert_ptr_equal(last_alternative(&steps[OR_CPUID]), &steps[LAST]);
}

static void all_are_named(void **state)
{
	char text[96], short_text[12];

	(void)state;
	alternatives_text(text, sizeof(text), steps);
	assert_string_equal(text, "cpuid or hlt or cpuid or cpuid");
	alternatives_text(short_text, sizeof(short_text), steps);
	assert_string_equal(short_text, "cpuid or hl");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_with_which_all_agrees_is_found),
		cmocka_unit_test(if_none_agrees_the_first_of_that_exit_is_found),
		cmocka_unit_test(another_exit_is_none_of_them_nor_is_the_watchdog_s),
		cmocka_unit_test(the_answer_begins_behind_all_of_them),
		cmocka_unit_test(all_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
