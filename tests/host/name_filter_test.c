/* name_filter_test.c -- which names may have come twice
 * links: tests/program/name_filter.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/print.h"
#include "tests/program/name_filter.h"

/* print.c writes here what it prints on the serial line; no test prints. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

/* As many names as a large suite has, and as much alike. */
#define NAMES 2000

static const char *name_of(unsigned number)
{
	static char text[32];

	print_into(text, sizeof(text), "group_%u/name_%u", number % 7, number);
	return text;
}

static unsigned doubted(void)
{
	unsigned count = 0;

	for (unsigned i = 0; i < NAMES; i++)
		count += name_filter_may_be_twice(name_of(i));
	return count;
}

static void few_names_are_doubted_that_came_once(void **state)
{
	(void)state;
	for (unsigned i = 0; i < NAMES; i++)
		name_filter_add(name_of(i));
	assert_true(doubted() < NAMES / 8);
}

static void every_name_is_doubted_that_came_twice(void **state)
{
	(void)state;
	for (unsigned i = 0; i < NAMES; i++)
		name_filter_add(name_of(i));
	assert_int_equal(doubted(), NAMES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_names_are_doubted_that_came_once),
		cmocka_unit_test(every_name_is_doubted_that_came_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
