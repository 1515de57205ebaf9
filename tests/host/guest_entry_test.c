/* guest_entry_test.c -- what an author may change in EPT entries; no change gives away memory
 * links: tests/player/guest_entry.c ept/table.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef skip                                     /* cmocka's and ours differ */

#include "tests/host/pages.h"
#include "tests/player/guest_entry.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

#define WIDTH   48
#define ADDRESS gpa(0x40201000)
#define HOST    0x123456000ul

struct vmx_capabilities vmx_capabilities = { .physical_width = WIDTH };

static unsigned skips;
static bool memory_is_short;

void *pages_alloc(size_t count)
{
	assert_int_equal(count, 1);
	return memory_is_short ? NULL : page_alloc();
}

void skip(const char *format, ...)
{
	(void)format;
	skips++;
}

/* EPT that maps a single 4 KiB page. */
static struct ept one_page(void)
{
	struct ept ept = ept_new(EPT_PML4);

	*ept_make(&ept, ADDRESS, EPT_PT) = ept_leaf(hpa(HOST), RW, WB);
	return ept;
}

static u64 entry_of(const struct ept *ept, enum ept_level level)
{
	return *guest_entry_find(ept, ADDRESS, level);
}

static enum guest_entry_result set(const struct ept *ept, enum ept_level level, u64 bits)
{
	return guest_entry_change(ept, ADDRESS, level, 0, bits);
}

static enum guest_entry_result clear(const struct ept *ept, enum ept_level level, u64 bits)
{
	return guest_entry_change(ept, ADDRESS, level, bits, 0);
}

static void each_level_is_found(void **state)
{
	struct ept ept = one_page();

	(void)state;
	for (enum ept_level level = EPT_PT; level <= EPT_PML4; level++)
		assert_ptr_equal(guest_entry_find(&ept, ADDRESS, level),
				 ept_find(&ept, ADDRESS, level));
}

static void bits_are_cleared_then_set(void **state)
{
	struct ept ept = one_page();

	(void)state;
	assert_int_equal(guest_entry_change(&ept, ADDRESS, EPT_PT, RWX, R | BIT(63)),
			 GUEST_ENTRY_CHANGED);
	assert_int_equal(entry_of(&ept, EPT_PT), HOST | 0x31 | BIT(63));
}

/* An entry leads to the same table whatever its other bits are, so the levels below are still
 * found. */
static void tables_are_found_through_illegal_entries(void **state)
{
	static const u64 illegal[] = { BIT(7), BITS(6, 3), BITS(51, WIDTH), BITS(63, 52) };
	struct ept ept = one_page();

	(void)state;
	for (enum ept_level level = EPT_PD; level <= EPT_PML4; level++)
		for (size_t i = 0; i < COUNT(illegal); i++) {
			u64 *leaf = guest_entry_find(&ept, ADDRESS, EPT_PT);

			assert_int_equal(clear(&ept, level, RWX), GUEST_ENTRY_CHANGED);
			assert_int_equal(set(&ept, level, illegal[i]), GUEST_ENTRY_CHANGED);
			assert_ptr_equal(guest_entry_find(&ept, ADDRESS, EPT_PT), leaf);
			assert_int_equal(clear(&ept, level, illegal[i]), GUEST_ENTRY_CHANGED);
			assert_int_equal(set(&ept, level, RWX), GUEST_ENTRY_CHANGED);
		}
	assert_int_equal(entry_of(&ept, EPT_PT), HOST | 0x33);
}

/* The directory's entry leads to a table that is aligned to 2 MiB: with bit 7 it would be legal. */
static void a_table_never_becomes_a_large_page(void **state)
{
	struct ept ept = one_page();
	u64 size = ept_level_size(EPT_PD), *directory = guest_entry_find(&ept, ADDRESS, EPT_PD);
	u64 *aligned = aligned_alloc(size, size);

	(void)state;
	memcpy(aligned, ept_table_at(*directory), PAGE_SIZE);
	*directory = ept_branch(aligned);
	assert_int_equal(set(&ept, EPT_PD, EPT_LARGE), GUEST_ENTRY_CHANGED);
	assert_int_not_equal((*directory & EPT_ADDRESS) % size, 0);
	assert_int_equal(*directory & ~EPT_ADDRESS, 0x487);
	assert_int_equal(entry_of(&ept, EPT_PT), HOST | 0x33);
	free(aligned);
}

static void a_large_page_never_becomes_a_table(void **state)
{
	struct ept ept = ept_new(EPT_PML4);
	u64 leaf = ept_leaf(hpa(0x600000), RW, UC) | EPT_LARGE;

	(void)state;
	*ept_make(&ept, ADDRESS, EPT_PD) = leaf;
	assert_int_equal(clear(&ept, EPT_PD, EPT_LARGE), GUEST_ENTRY_NO_TABLE);
	assert_int_equal(clear(&ept, EPT_PD, EPT_LARGE | RWX), GUEST_ENTRY_NO_TABLE);
	assert_int_equal(entry_of(&ept, EPT_PD), leaf);
	assert_null(guest_entry_find(&ept, ADDRESS, EPT_PT));
	assert_int_equal(set(&ept, EPT_PT, 0), GUEST_ENTRY_MISSING);
}

static struct ept one_large_page(enum ept_level level, u64 leaf)
{
	struct ept ept = ept_new(EPT_PML4);

	*ept_make(&ept, ADDRESS, level) = leaf;
	return ept;
}

/* Bit 9 is the dirty flag. */
static void a_split_page_maps_its_parts_as_before(void **state)
{
	u64 leaf = ept_leaf(hpa(0x600000), RW, UC) | EPT_LARGE | BIT(63) | BIT(9);
	struct ept ept = one_large_page(EPT_PD, leaf);
	u64 *directory = guest_entry_find(&ept, ADDRESS, EPT_PD), table;

	(void)state;
	assert_true(guest_entry_split(&ept, ADDRESS, EPT_PD));
	table = *directory;
	assert_int_equal(table & ~EPT_ADDRESS, 0x407);
	for (unsigned i = 0; i < 512; i++)
		assert_int_equal(ept_table_at(table)[i],
				 (0x600000 + i * PAGE_SIZE) | RW | BIT(63) | BIT(9));
	assert_int_equal(set(&ept, EPT_PT, BIT(62)), GUEST_ENTRY_CHANGED);
	assert_true(guest_entry_split(&ept, ADDRESS, EPT_PD));
	assert_int_equal(*directory, table);
	assert_int_equal(entry_of(&ept, EPT_PT), 0x601000 | RW | BITS(63, 62) | BIT(9));
}

static void a_page_of_1g_is_split_into_large_pages(void **state)
{
	u64 leaf = ept_leaf(hpa(0x40000000), R, WB) | EPT_LARGE;
	struct ept ept = one_large_page(EPT_PDPT, leaf);

	(void)state;
	assert_true(guest_entry_split(&ept, ADDRESS, EPT_PDPT));
	assert_int_equal(entry_of(&ept, EPT_PD), 0x40200000 | R | WB << 3 | EPT_LARGE);
}

static void without_memory_nothing_is_split(void **state)
{
	u64 leaf = ept_leaf(hpa(0x600000), RW, UC) | EPT_LARGE;
	struct ept ept = one_large_page(EPT_PD, leaf);

	(void)state;
	memory_is_short = true;
	assert_false(guest_entry_split(&ept, ADDRESS, EPT_PD));
	memory_is_short = false;
	assert_int_equal(entry_of(&ept, EPT_PD), leaf);
}

static void what_leads_nowhere_allows_nothing(void **state)
{
	struct ept ept = one_page();
	gpa_t beside = gpa(ADDRESS.raw + PAGE_SIZE), far = gpa(0);

	(void)state;
	assert_int_equal(guest_entry_change(&ept, beside, EPT_PT, 0, R), GUEST_ENTRY_EMPTY);
	assert_int_equal(guest_entry_change(&ept, beside, EPT_PT, 0, EPT_USER_EXECUTE),
			 GUEST_ENTRY_EMPTY);
	assert_int_equal(guest_entry_change(&ept, beside, EPT_PT, 0, R | BIT(WIDTH)),
			 GUEST_ENTRY_EMPTY);
	assert_int_equal(guest_entry_change(&ept, far, EPT_PDPT, 0, X), GUEST_ENTRY_EMPTY);
	assert_int_equal(guest_entry_change(&ept, far, EPT_PDPT, 0, BITS(63, 52)),
			 GUEST_ENTRY_CHANGED);
	assert_int_equal(guest_entry_change(&ept, far, EPT_PD, 0, 0), GUEST_ENTRY_MISSING);
}

static void address_bits_below_the_width_are_not_taken(void **state)
{
	(void)state;
	skips = 0;
	assert_true(guest_entry_takes(BITS(63, WIDTH) | BITS(11, 0)));
	assert_int_equal(skips, 0);
	assert_false(guest_entry_takes(BIT(WIDTH - 1)));
	assert_false(guest_entry_takes(BIT(12)));
	assert_int_equal(skips, 2);
}

#define TEST_OF(function) cmocka_unit_test_teardown(function, give_back_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_OF(each_level_is_found),
		TEST_OF(bits_are_cleared_then_set),
		TEST_OF(tables_are_found_through_illegal_entries),
		TEST_OF(a_table_never_becomes_a_large_page),
		TEST_OF(a_large_page_never_becomes_a_table),
		TEST_OF(a_split_page_maps_its_parts_as_before),
		TEST_OF(a_page_of_1g_is_split_into_large_pages),
		TEST_OF(without_memory_nothing_is_split),
		TEST_OF(what_leads_nowhere_allows_nothing),
		TEST_OF(address_bits_below_the_width_are_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
