/* symbols_test.c -- addresses get the names of the functions they are in
 * links: kernel/symbols.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/image.h"
#include "kernel/symbols.h"

/* A table as symbols.awk lays it out: rows, then names; the offsets of names count from the table's
 * start. */
static const struct {
	struct symbol symbols[3];
	char names[16];
} made = {
	{ { 0x200000, 24 }, { 0x200040, 30 }, { 0xfffffff0, 35 } },
	"first\0next\0last",
};

static const struct image image = { .symbols = made.symbols, .symbols_end = &made.symbols[3] };

/* The image reaches from its first function to a page behind its last. */
const struct image *image_of(u64 address)
{
	return address >= 0x200000 && address < 0x100001000 ? &image : NULL;
}

static void assert_named(u64 address, const char *name, u64 offset)
{
	struct named_address place = symbol_find(made.symbols, 3, address);

	assert_string_equal(place.name, name);
	assert_int_equal(place.offset, offset);
}

static void an_address_belongs_to_the_symbol_below_it(void **state)
{
	(void)state;
	assert_named(0x200000, "first", 0);
	assert_named(0x20003f, "first", 0x3f);
	assert_named(0x200040, "next", 0);
	assert_named(0xffffffef, "next", 0xffffffef - 0x200040);
	assert_named(0xfffffff0, "last", 0);
	assert_named(0x100000000, "last", 0x10);
	assert_named(~0ull, "last", ~0ull - 0xfffffff0);
}

static void an_address_below_all_symbols_has_no_name(void **state)
{
	(void)state;
	assert_named(0, "?", 0);
	assert_named(0x1fffff, "?", 0x1fffff);
	assert_string_equal(symbol_find(made.symbols, 0, 0x200000).name, "?");
}

static void an_address_in_no_image_has_no_name(void **state)
{
	(void)state;
	assert_string_equal(symbol_of(0x200050).name, "next");
	assert_int_equal(symbol_of(0x200050).offset, 0x10);
	assert_string_equal(symbol_of(0x1fffff).name, "?");
	assert_string_equal(symbol_of(0x100001000).name, "?");
	assert_int_equal(symbol_of(0x100001000).offset, 0x100001000);
}

/* Runs symbols.awk on these lines of nm. */
static void make_table(const char *lines, char *output, size_t size)
{
	char command[1000];
	FILE *script;
	size_t length;

	snprintf(command, sizeof(command),
		 "printf '%s' | awk -v owner=some -f kernel/symbols.awk", lines);
	script = popen(command, "r");
	if (!script)
		abort();
	length = fread(output, 1, size - 1, script);
	output[length] = '\0';
	assert_int_equal(pclose(script), 0);
}

static void the_script_takes_functions_and_no_local_labels(void **state)
{
	char table[2000];

	(void)state;
	make_table("0000000000200000 T first\\n"
		   "0000000000200010 t static_one\\n"
		   "0000000000200018 t first.loop\\n"
		   "0000000000200019 t ..@5.here\\n"
		   "0000000000200020 t split.part.0\\n"
		   "0000000000200028 t split.cold\\n"
		   "0000000000201000 R constant\\n"
		   "0000000000202000 B variable\\n", table, sizeof(table));
	assert_non_null(strstr(table, "some_symbols:\ndd 0x00200000, name0 - some_symbols\n"));
	assert_non_null(strstr(table, "dd 0x00200010, name1 - some_symbols\n"));
	assert_non_null(strstr(table, "some_symbols_end:\nname0: db 'first', 0\n"
			       "name1: db 'static_one', 0\n"));
	assert_non_null(strstr(table, "'split.part.0'"));
	assert_non_null(strstr(table, "'split.cold'"));
	assert_null(strstr(table, "loop"));
	assert_null(strstr(table, "here"));
	assert_null(strstr(table, "constant"));
	assert_null(strstr(table, "variable"));
}

static void the_script_makes_an_empty_table_of_nothing(void **state)
{
	char table[200];

	(void)state;
	make_table("", table, sizeof(table));
	assert_string_equal(table, "section .symbols align=4\n"
			    "global some_symbols, some_symbols_end\n"
			    "some_symbols:\nsome_symbols_end:\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_belongs_to_the_symbol_below_it),
		cmocka_unit_test(an_address_below_all_symbols_has_no_name),
		cmocka_unit_test(an_address_in_no_image_has_no_name),
		cmocka_unit_test(the_script_takes_functions_and_no_local_labels),
		cmocka_unit_test(the_script_makes_an_empty_table_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
