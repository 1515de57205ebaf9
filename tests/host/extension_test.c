/* extension_test.c -- an extension is loaded as its header says, or refused with its own reason
 * links: tests/module/extension.c tests/module/module.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/host/extension_exercise.h"

#include <cmocka.h>             /* its macro skip() would hide that of tests/report/test.h */

/* --- A good file, built by hand ------------------------------------------------------------ */

struct file {
	struct extension_header header;
	u8 text[0x1000 - sizeof(struct extension_header)];
	u8 user[0x1000], rodata[0x1000], data[16];
	struct file_trailer trailer;
} __attribute__((packed));

static struct file good_file(void)
{
	struct file file = {
		.header = {
			.magic = { 'T', 'R', 'A', 'P', 'L', 'I', 'N', 'E' },
			.version = 2, .size = sizeof(struct file), .kernel = IDENTITY,
			.address = (u64)image_room, .memory_size = 0x5000,
			.user = 0x1000, .rodata = 0x2000, .data = 0x3000,
			.explain_entry = 0x100,
			.fixups = 0x2100, .fixups_end = 0x2100 + 3 * 16,
			.symbols = 0x2200, .symbols_end = 0x2200 + 5 * 8,
			.tests = 0x2300, .tests_on_request = 0x2300 + 4 * 40,
			.tests_end = 0x2300 + 6 * 40,
		},
		.trailer.magic = { 'E', 'N', 'I', 'L', 'P', 'A', 'R', 'T' },
	};

	memset(file.text, 0x11, sizeof(file.text));
	memset(file.user, 0x22, sizeof(file.user));
	memset(file.rodata, 0x33, sizeof(file.rodata));
	memset(file.data, 0x44, sizeof(file.data));
	return file;
}

/* --- Good ------------------------------------------------------------------------------------ */

static void a_good_file_is_loaded_where_it_says(void **state)
{
	struct file file = good_file();
	struct test_table tests = extension_tests(&file.header);

	(void)state;
	assert_null(extension_explain_entry());
	memset(image_room, 0xcc, EXTENSION_ROOM);
	assert_string_equal(extension_verdict(&file, sizeof(file)), "good");
	assert_ptr_equal(loaded.text, image_room);
	assert_ptr_equal(loaded.user, image_room + 0x1000);
	assert_ptr_equal(loaded.rodata, image_room + 0x2000);
	assert_ptr_equal(loaded.data, image_room + 0x3000);
	assert_ptr_equal(loaded.end, image_room + 0x5000);
	assert_int_equal(loaded.fixups_end - loaded.fixups, 3);
	assert_int_equal(loaded.symbols_end - loaded.symbols, 5);
	assert_ptr_equal((void *)extension_explain_entry(), image_room + 0x100);
	assert_int_equal(tests.on_request - tests.start, 4);
	assert_int_equal(tests.end - tests.on_request, 2);
	assert_int_equal(image_room[0x1fff], 0x22);
	assert_int_equal(image_room[0x300f], 0x44);
	assert_int_equal(image_room[0x3018], 0);
	assert_int_equal(image_room[0x4fff], 0);
	assert_int_equal(image_room[0x5000], 0xcc);
}

static void parts_and_tables_may_be_empty(void **state)
{
	struct file file = good_file();

	(void)state;
	file.header.user = file.header.rodata;
	file.header.fixups_end = file.header.fixups;
	file.header.symbols_end = file.header.symbols;
	file.header.tests = file.header.tests_on_request = file.header.tests_end;
	assert_string_equal(extension_verdict(&file, sizeof(file)), "good");
}

static void all_of_the_room_may_be_taken(void **state)
{
	struct file file = good_file();

	(void)state;
	file.header.memory_size = EXTENSION_ROOM;
	assert_string_equal(extension_verdict(&file, sizeof(file)), "good");
}

/* --- Bad ------------------------------------------------------------------------------------- */

static void a_file_cut_anywhere_is_refused(void **state)
{
	struct file file = good_file();

	(void)state;
	for (u64 size = 0; size < sizeof(file); size++)
		assert_string_not_equal(extension_verdict(&file, size), "good");
	assert_string_equal(extension_verdict(&file, 0), "the module is empty");
	assert_string_equal(extension_verdict(&file, 7),
			    "no extension here: 7 bytes without the word TRAPLINE");
	assert_string_equal(extension_verdict(&file, 87),
			    "cut off: 87 bytes, and header and trailer alone take 88");
	assert_string_equal(extension_verdict(&file, sizeof(file) - 1),
			    "cut off: the header says 12312 bytes, 12311 are here");
}

/* If a file in a row of files was cut off, the next file's bytes stand where its own should be. */
static void a_file_cut_off_before_another_is_refused(void **state)
{
	struct file file = good_file(), cut = file;

	(void)state;
	memcpy((u8 *)&cut + 0x2800, &file, sizeof(file) - 0x2800);
	assert_string_equal(extension_verdict(&cut, sizeof(cut)),
			    "no trailer at 0x3010, where by the header it is");
}

struct damage {
	size_t offset, size;
	u64 value;
	const char *reason;
};

#define DAMAGE(member, value, reason)                                                              \
	{ offsetof(struct file, member), sizeof(((struct file *)0)->member), value, reason }

#define OUTSIDE ", outside of the constants at 0x2000 to 0x3000"

static const struct damage damages[] = {
	DAMAGE(header.magic[0], 't', "no extension here: 12312 bytes without the word TRAPLINE"),
	DAMAGE(header.version, 3, "version 3, this kernel takes version 2"),
	DAMAGE(header.size, 0, "by the header 0 bytes, and header and trailer alone take 88"),
	DAMAGE(header.size, 87, "by the header 87 bytes, and header and trailer alone take 88"),
	DAMAGE(header.size, 12313, "cut off: the header says 12313 bytes, 12312 are here"),
	DAMAGE(header.size, 12311, "no trailer at 0x300f, where by the header it is"),
	DAMAGE(trailer.magic[7], 't', "no trailer at 0x3010, where by the header it is"),
	DAMAGE(header.kernel, 0x123, "suites.bin was built for another kernel: "
	       "identity 0x123, this kernel is 0x123456789abcdef"),
	DAMAGE(header.memory_size, 0, "takes 0 bytes of memory, "
	       "not whole pages that hold its 12312 bytes"),
	DAMAGE(header.memory_size, 0x3000, "takes 12288 bytes of memory, "
	       "not whole pages that hold its 12312 bytes"),
	DAMAGE(header.memory_size, 0x4800, "takes 18432 bytes of memory, "
	       "not whole pages that hold its 12312 bytes"),
	DAMAGE(header.memory_size, 0x101000,
	       "takes 1052672 bytes of memory, and there is room for 1048576"),
	DAMAGE(header.memory_size, 0xfffff000,
	       "takes 4294963200 bytes of memory, and there is room for 1048576"),
	DAMAGE(header.user, 0, "code for CPL 3 at 0, not a page's start from 0x50 on"),
	DAMAGE(header.user, 0x1800,
	       "code for CPL 3 at 0x1800, not a page's start from 0x50 on"),
	DAMAGE(header.user, 0x3000, "constants at 0x2000, not a page's start from 0x3000 on"),
	DAMAGE(header.rodata, 0x2008, "constants at 0x2008, not a page's start from 0x1000 on"),
	DAMAGE(header.rodata, 0, "constants at 0, not a page's start from 0x1000 on"),
	DAMAGE(header.rodata, 0x4000, "data at 0x3000, not a page's start from 0x4000 on"),
	DAMAGE(header.data, 0x3004, "data at 0x3004, not a page's start from 0x2000 on"),
	DAMAGE(header.data, 0x1000, "data at 0x1000, not a page's start from 0x2000 on"),
	DAMAGE(header.data, 0x4000, "data at 0x4000, past the file's end"),
	DAMAGE(header.data, 0xfffff000, "data at 0xfffff000, past the file's end"),
	DAMAGE(header.explain_entry, 0x4f,
	       "explains VM entries at 0x4f, outside of the code at 0x50 to 0x1000"),
	DAMAGE(header.explain_entry, 0x1000,
	       "explains VM entries at 0x1000, outside of the code at 0x50 to 0x1000"),
	DAMAGE(header.fixups, 0x1ff0,
	       "fix-ups at 0x1ff0 to 0x2130" OUTSIDE),
	DAMAGE(header.fixups, 0x2140,
	       "fix-ups at 0x2140 to 0x2130" OUTSIDE),
	DAMAGE(header.fixups_end, 0x3010,
	       "fix-ups at 0x2100 to 0x3010" OUTSIDE),
	DAMAGE(header.fixups_end, 0x2138,
	       "fix-ups at 0x2100 to 0x2138, not aligned rows of 16 bytes"),
	DAMAGE(header.fixups, 0x2104,
	       "fix-ups at 0x2104 to 0x2130, not aligned rows of 16 bytes"),
	DAMAGE(header.symbols, 0,
	       "symbols at 0 to 0x2228" OUTSIDE),
	DAMAGE(header.symbols_end, 0xffffffff,
	       "symbols at 0x2200 to 0xffffffff" OUTSIDE),
	DAMAGE(header.symbols_end, 0x222c,
	       "symbols at 0x2200 to 0x222c, not aligned rows of 8 bytes"),
	DAMAGE(header.tests, 0x3000,
	       "tests at 0x3000 to 0x23a0" OUTSIDE),
	DAMAGE(header.tests, 0x2308, "tests at 0x2308 to 0x23a0, not aligned rows of 40 bytes"),
	DAMAGE(header.tests_on_request, 0x23f0 + 40,
	       "tests on request at 0x2418 to 0x23f0" OUTSIDE),
	DAMAGE(header.tests_end, 0x2fff,
	       "tests on request at 0x23a0 to 0x2fff, not aligned rows of 40 bytes"),
	DAMAGE(header.tests_end, 0x3028,
	       "tests on request at 0x23a0 to 0x3028" OUTSIDE),
};

static void each_damage_has_its_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(damages); i++) {
		struct file file = good_file();

		memcpy((u8 *)&file + damages[i].offset, &damages[i].value, damages[i].size);
		assert_string_equal(extension_verdict(&file, sizeof(file)), damages[i].reason);
	}
}

static void a_table_of_whole_rows_must_be_aligned(void **state)
{
	struct file file = good_file();

	(void)state;
	file.header.symbols += 4;
	file.header.symbols_end += 4;
	assert_string_equal(extension_verdict(&file, sizeof(file)),
			    "symbols at 0x2204 to 0x222c, not aligned rows of 8 bytes");
}

static void another_address_is_refused(void **state)
{
	struct file file = good_file();
	char expected[256];

	(void)state;
	file.header.address += PAGE_SIZE;
	snprintf(expected, sizeof(expected), "linked for address %#lx, but its place is %#lx",
		 (u64)image_room + PAGE_SIZE, (u64)image_room);
	assert_string_equal(extension_verdict(&file, sizeof(file)), expected);
}

/* Each such file must be refused or be safe to load, which extension_verdict() tries. */
static void every_field_may_hold_anything(void **state)
{
	static const u32 values[] = {
		0, 1, 4, 8, 16, 40, 0x7f, 0x80, 0xfff, 0x1000, 0x1001, 0x2000, 0x2008, 0x2100,
		0x2300, 0x2ff8, 0x3000, 0x3008, 0x3010, 0x3018, 0x4000, 0x5000, 0x80000, 0x81000,
		0x7fffffff, 0x80000000, 0xfffff000, 0xfffffff8, 0xffffffff,
	};

	(void)state;
	for (size_t at = 0; at + 4 <= sizeof(struct extension_header); at += 2)
		for (size_t i = 0; i < COUNT(values); i++) {
			struct file file = good_file();

			memcpy((u8 *)&file + at, &values[i], sizeof(values[i]));
			extension_verdict(&file, sizeof(file));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_file_is_loaded_where_it_says),
		cmocka_unit_test(parts_and_tables_may_be_empty),
		cmocka_unit_test(all_of_the_room_may_be_taken),
		cmocka_unit_test(a_file_cut_anywhere_is_refused),
		cmocka_unit_test(a_file_cut_off_before_another_is_refused),
		cmocka_unit_test(each_damage_has_its_reason),
		cmocka_unit_test(a_table_of_whole_rows_must_be_aligned),
		cmocka_unit_test(another_address_is_refused),
		cmocka_unit_test(every_field_may_hold_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
