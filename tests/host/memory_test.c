/* memory_test.c -- pages are handed out once, and never where something else is
 * links: kernel/memory.c kernel/boot_parse.c
 *
 * The ranges are made up, so no page is ever touched here: only page_alloc_dirty() is called, and
 * pages_alloc() where it has nothing to give.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/image.h"
#include "kernel/memory.h"
#include "kernel/panic.h"

#define KIB (1ull << 10)
#define MIB (1ull << 20)
#define GIB (1ull << 30)

/* An empty image: the kernel's lies in no memory that is handed out here. */
const struct image kernel_image;

static jmp_buf used_up;

void panic(const char *format, ...)
{
	(void)format;
	longjmp(used_up, 1);
}

static struct boot_info boot;

static void no_memory(void)
{
	memset(&boot, 0, sizeof(boot));
	boot.command_line = boot.loader = "";
}

static void usable(u64 start, u64 size)
{
	boot.ranges[boot.range_count++] = (struct memory_range){ start, size };
}

static void module(u64 start, u64 size)
{
	boot.modules[boot.module_count++] = (struct boot_module){ (const u8 *)start, size, "" };
}

#define PAGES_MAX 100000
static u64 pages[PAGES_MAX];
static size_t page_count;

/* Takes all pages that there are, in the order in which they come. */
static void take_all(void)
{
	page_count = 0;
	memory_start(&boot);
	if (setjmp(used_up) == 0)
		for (;;) {
			u64 page = hpa_of(page_alloc_dirty()).raw;
			assert_true(page_count < PAGES_MAX);
			pages[page_count++] = page;
		}
}

static size_t pages_in(u64 start, u64 end)
{
	size_t count = 0;

	for (size_t i = 0; i < page_count; i++)
		count += pages[i] + PAGE_SIZE > start && pages[i] < end;
	return count;
}

static int compare(const void *left, const void *right)
{
	u64 a = *(const u64 *)left, b = *(const u64 *)right;

	return a < b ? -1 : a > b;
}

static void assert_each_page_came_once(void)
{
	qsort(pages, page_count, sizeof(*pages), compare);
	for (size_t i = 0; i < page_count; i++) {
		assert_int_equal(pages[i] % PAGE_SIZE, 0);
		assert_true(i == 0 || pages[i] > pages[i - 1]);
	}
}

static void all_usable_memory_above_1_mib_is_handed_out(void **state)
{
	(void)state;
	no_memory();
	usable(0, 640 * KIB);
	usable(MIB, 7 * MIB);
	take_all();
	assert_int_equal(page_count, 7 * MIB / PAGE_SIZE);
	assert_int_equal(pages_in(MIB, 8 * MIB), page_count);
	assert_each_page_came_once();
	assert_int_equal(memory_size(), 640 * KIB + 7 * MIB);
}

static void pages_cut_by_a_border_are_left_out(void **state)
{
	(void)state;
	no_memory();
	usable(MIB + 1, 3 * PAGE_SIZE);
	usable(2 * MIB, PAGE_SIZE - 1);
	usable(3 * MIB - 1, 2);
	take_all();
	assert_int_equal(page_count, 2);
	assert_int_equal(pages[0], MIB + PAGE_SIZE);
}

static void nothing_is_handed_out_where_something_lies(void **state)
{
	(void)state;
	no_memory();
	usable(MIB, 15 * MIB);
	boot.reserved = (struct memory_range){ 2 * MIB + 5, 10 };
	module(4 * MIB, MIB);
	module(3 * MIB + 100, 1);
	module(5 * MIB, PAGE_SIZE);
	module(16 * MIB - 1, 1);
	module(8 * MIB, 0);
	take_all();
	assert_int_equal(pages_in(2 * MIB + 5, 2 * MIB + 15), 0);
	assert_int_equal(pages_in(4 * MIB, 5 * MIB + PAGE_SIZE), 0);
	assert_int_equal(pages_in(3 * MIB + 100, 3 * MIB + 101), 0);
	assert_int_equal(pages_in(16 * MIB - 1, 16 * MIB), 0);
	assert_int_equal(page_count, 14 * MIB / PAGE_SIZE - 4);
	assert_each_page_came_once();
}

/* After a boot error the modules are as the boot loader reported them; nobody has checked them. */
static void a_module_past_the_last_address_takes_all_above_it(void **state)
{
	(void)state;
	no_memory();
	usable(MIB, 15 * MIB);
	module(3 * MIB, ~0ull);
	take_all();
	assert_int_equal(page_count, 2 * MIB / PAGE_SIZE);
	assert_int_equal(pages_in(MIB, 3 * MIB), page_count);
}

static void ranges_that_overlap_are_handed_out_once(void **state)
{
	(void)state;
	no_memory();
	usable(4 * MIB, 2 * MIB);
	usable(2 * MIB, 3 * MIB);
	usable(3 * MIB, 4 * MIB);
	usable(3 * MIB, MIB);
	take_all();
	assert_int_equal(page_count, 5 * MIB / PAGE_SIZE);
	assert_each_page_came_once();
}

static void nothing_above_4_gib_is_handed_out(void **state)
{
	(void)state;
	no_memory();
	usable(4 * GIB - MIB, 2 * MIB);
	usable(4 * GIB, GIB);
	usable(~0ull - MIB, MIB);
	take_all();
	assert_int_equal(page_count, MIB / PAGE_SIZE);
	assert_int_equal(pages_in(0, 4 * GIB), page_count);
}

static void as_many_pieces_as_there_can_be_are_kept(void **state)
{
	(void)state;
	no_memory();
	for (u64 i = 0; i < BOOT_RANGES_MAX; i++)
		usable((64 - i) * MIB, MIB);
	for (u64 i = 0; i < BOOT_MODULES_MAX; i++)
		module((64 - i) * MIB + 8 * PAGE_SIZE, PAGE_SIZE);
	take_all();
	assert_int_equal(page_count, 64 * (MIB / PAGE_SIZE - 1));
	assert_each_page_came_once();
}

static u64 random_below(u64 limit)
{
	return ((u64)random() << 31 ^ (u64)random()) % limit;
}

static void random_layouts_are_kept_to(void **state)
{
	(void)state;
	srandom(1);
	for (unsigned round = 0; round < 300; round++) {
		no_memory();
		for (u64 i = random_below(8); i > 0; i--)
			usable(random_below(32 * MIB), random_below(4 * MIB));
		for (u64 i = random_below(BOOT_MODULES_MAX); i > 0; i--)
			module(random_below(32 * MIB), random_below(MIB));
		take_all();
		assert_each_page_came_once();
		assert_int_equal(pages_in(0, MIB), 0);
		for (u32 i = 0; i < boot.module_count; i++) {
			u64 start = (u64)boot.modules[i].data;
			assert_int_equal(pages_in(start, start + boot.modules[i].size), 0);
		}
	}
}

static void a_mark_gives_back_what_was_taken_since(void **state)
{
	(void)state;
	no_memory();
	usable(2 * MIB, 2 * PAGE_SIZE);
	usable(4 * MIB, 2 * PAGE_SIZE);
	memory_start(&boot);
	memory_mark_t mark = memory_mark();
	void *first = page_alloc_dirty();
	page_alloc_dirty();
	memory_mark_t later = memory_mark();
	void *third = page_alloc_dirty();
	memory_release(later);
	assert_ptr_equal(page_alloc_dirty(), third);
	memory_release(mark);
	assert_ptr_equal(page_alloc_dirty(), first);
	assert_int_equal(memory_peak(), 3 * PAGE_SIZE);
}

static void more_pages_than_there_are_in_one_piece_are_refused(void **state)
{
	(void)state;
	no_memory();
	usable(2 * MIB, 2 * PAGE_SIZE);
	usable(4 * MIB, 2 * PAGE_SIZE);
	memory_start(&boot);
	assert_null(pages_alloc(3));
	assert_null(pages_alloc(~(size_t)0));
	assert_null(pages_alloc(~(size_t)0 / PAGE_SIZE + 2));
	assert_int_equal(hpa_of(page_alloc_dirty()).raw, 2 * MIB);
}

static void aligned_pages_need_an_aligned_piece(void **state)
{
	(void)state;
	no_memory();
	usable(2 * MIB - PAGE_SIZE, PAGE_SIZE + 4 * MIB - PAGE_SIZE);
	memory_start(&boot);
	assert_null(pages_alloc_aligned(1024, 2 * MIB));
	assert_null(pages_alloc_aligned(1, 8 * MIB));
	assert_null(pages_alloc_aligned(1, 1024 * MIB));
	assert_int_equal(hpa_of(page_alloc_dirty()).raw, 2 * MIB - PAGE_SIZE);
}

static void usable_is_what_some_ranges_hold_together(void **state)
{
	(void)state;
	no_memory();
	usable(0, 640 * KIB);
	usable(MIB, 3 * MIB);
	usable(4 * MIB, 2 * MIB);
	module(5 * MIB, MIB);
	memory_start(&boot);
	assert_true(memory_is_usable(hpa(MIB), 5 * MIB));
	assert_true(memory_is_usable(hpa(0), 640 * KIB));
	assert_false(memory_is_usable(hpa(0), 640 * KIB + 1));
	assert_false(memory_is_usable(hpa(0), 2 * MIB));
	assert_false(memory_is_usable(hpa(2 * MIB), 4 * MIB + 1));
	assert_false(memory_is_usable(hpa(6 * MIB), PAGE_SIZE));
}

static void without_memory_there_are_no_pages(void **state)
{
	(void)state;
	no_memory();
	take_all();
	assert_int_equal(page_count, 0);
	assert_null(pages_alloc(1));
	memory_start(&boot);
	memory_release(memory_mark());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_usable_memory_above_1_mib_is_handed_out),
		cmocka_unit_test(pages_cut_by_a_border_are_left_out),
		cmocka_unit_test(nothing_is_handed_out_where_something_lies),
		cmocka_unit_test(a_module_past_the_last_address_takes_all_above_it),
		cmocka_unit_test(ranges_that_overlap_are_handed_out_once),
		cmocka_unit_test(nothing_above_4_gib_is_handed_out),
		cmocka_unit_test(as_many_pieces_as_there_can_be_are_kept),
		cmocka_unit_test(random_layouts_are_kept_to),
		cmocka_unit_test(a_mark_gives_back_what_was_taken_since),
		cmocka_unit_test(more_pages_than_there_are_in_one_piece_are_refused),
		cmocka_unit_test(aligned_pages_need_an_aligned_piece),
		cmocka_unit_test(usable_is_what_some_ranges_hold_together),
		cmocka_unit_test(without_memory_there_are_no_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
