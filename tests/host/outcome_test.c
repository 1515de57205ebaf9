/* outcome_test.c -- every way a VMX instruction can end, in words, and a refused entry as an exit
 * links: vmx/outcome.c vmx/exit.c kernel/print.c kernel/string.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "vmx/exit.h"
#include "vmx/outcome.h"

#define TEXT_SIZE 96                            /* enough for any text, says outcome_text() */

void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
	fail_msg("an outcome's text goes to its caller alone");
}

const char *vector_name(unsigned vector)
{
	return vector == 6 ? "#UD" : "interrupt";
}

static void expect_text(outcome_t outcome, const char *expected)
{
	char text[TEXT_SIZE];

	assert_int_equal(outcome_text(text, sizeof(text), outcome), strlen(expected));
	assert_string_equal(text, expected);
}

static void each_kind_of_outcome_has_its_words(void **state)
{
	(void)state;
	expect_text(SUCCEEDED, "success");
	expect_text(FAIL_INVALID, "VMfailInvalid");
	expect_text(FAIL_VALID(5), "VMfailValid 5, VMRESUME with non-launched VMCS");
	expect_text(FAULTED(6), "#UD");
}

/* SDM vol. 3, table "VM-Instruction Error Numbers": 14, 21 and 27 are missing there. */
static void each_error_number_of_the_sdm_has_a_text_and_no_other(void **state)
{
	char text[TEXT_SIZE];

	(void)state;
	for (unsigned number = 0; number <= 40; number++) {
		bool in_table = number >= 1 && number <= 28;
		bool defined = in_table && number != 14 && number != 21 && number != 27;

		outcome_text(text, sizeof(text), FAIL_VALID(number));
		assert_int_equal(strstr(text, "does not define") == NULL, defined);
	}
}

static void the_longest_text_fits(void **state)
{
	char text[TEXT_SIZE], longer[2 * TEXT_SIZE];

	(void)state;
	for (unsigned number = 0; number <= 255; number++) {
		outcome_text(longer, sizeof(longer), FAIL_VALID(number));
		outcome_text(text, sizeof(text), FAIL_VALID(number));
		assert_string_equal(text, longer);
	}
}

static void a_text_keeps_to_the_room_it_is_given(void **state)
{
	char text[8] = "xxxxxxx";

	(void)state;
	assert_int_equal(outcome_text(text, 5, FAIL_INVALID), 4);
	assert_memory_equal(text, "VMfa\0xx", 8);
}

static struct exit refused(outcome_t outcome)
{
	struct exit exit;

	memset(&exit, 0xff, sizeof(exit));
	exit_refuse(&exit, outcome);
	return exit;
}

static void a_refused_entry_is_an_exit_of_its_own(void **state)
{
	struct exit exit = refused(FAIL_VALID(8));

	(void)state;
	assert_int_equal(exit.reason_field, EXIT_REFUSED(8));
	assert_int_equal(exit.qualification, 0);
	assert_true(exit_before_guest_ran(&exit));
	exit = refused(FAIL_INVALID);
	assert_int_equal(exit.reason_field, EXIT_REFUSED(0));
	exit = refused(FAULTED(13));
	assert_int_equal(exit.reason_field, EXIT_REFUSED(0));
	assert_true(exit_before_guest_ran(&exit));
}

static void a_failed_entry_runs_no_guest(void **state)
{
	struct exit exit = { .reason_field = 1u << 31 | EXIT_invalid_guest_state };

	(void)state;
	assert_true(exit_before_guest_ran(&exit));
	exit.reason_field = EXIT_invalid_guest_state;
	assert_false(exit_before_guest_ran(&exit));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_outcome_has_its_words),
		cmocka_unit_test(each_error_number_of_the_sdm_has_a_text_and_no_other),
		cmocka_unit_test(the_longest_text_fits),
		cmocka_unit_test(a_text_keeps_to_the_room_it_is_given),
		cmocka_unit_test(a_refused_entry_is_an_exit_of_its_own),
		cmocka_unit_test(a_failed_entry_runs_no_guest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
