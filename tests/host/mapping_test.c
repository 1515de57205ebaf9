/* mapping_test.c -- ranges of guest-physical memory in pages of every size
 * links: ept/entry.c ept/mapping.c ept/table.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ept/mapping.h"
#include "tests/host/pages.h"

#define KIB4  PAGE_SIZE
#define MIB2  ept_level_size(EPT_PD)
#define GIB1  ept_level_size(EPT_PDPT)

static const struct ept_attributes all = { .allowed = RWX, .memory_type = WB };

static struct gpa_range range(u64 start, u64 size)
{
	return (struct gpa_range){ gpa(start), size };
}

static struct ept mapped(u64 start, u64 size, u64 memory, enum ept_level largest)
{
	struct ept ept = ept_new(EPT_PML4);

	assert_int_equal(ept_map(&ept, range(start, size), hpa(memory), largest, &all), EPT_DONE);
	return ept;
}

static u64 leaf_at(const struct ept *ept, u64 address, enum ept_level expected)
{
	enum ept_level level;
	u64 entry = *ept_last(ept, gpa(address), &level);

	assert_int_equal(level, expected);
	return entry;
}

static void a_range_is_mapped_in_the_largest_pages_that_fit(void **state)
{
	struct ept ept = mapped(GIB1 - MIB2 - KIB4, 2 * GIB1 + MIB2 + 2 * KIB4,
				5 * GIB1 - MIB2 - KIB4, EPT_PDPT);

	(void)state;
	assert_int_equal(leaf_at(&ept, GIB1 - MIB2 - KIB4, EPT_PT),
			 (5 * GIB1 - MIB2 - KIB4) | 0x37);
	assert_int_equal(leaf_at(&ept, GIB1 - MIB2, EPT_PD), (5 * GIB1 - MIB2) | 0xb7);
	assert_int_equal(leaf_at(&ept, GIB1, EPT_PDPT), 5 * GIB1 | 0xb7);
	assert_int_equal(leaf_at(&ept, 2 * GIB1, EPT_PDPT), 6 * GIB1 | 0xb7);
	assert_int_equal(leaf_at(&ept, 3 * GIB1, EPT_PT), 7 * GIB1 | 0x37);
	assert_int_equal(leaf_at(&ept, 3 * GIB1 + KIB4, EPT_PT), 0);
	assert_int_equal(leaf_at(&ept, GIB1 - MIB2 - 2 * KIB4, EPT_PT), 0);
}

static void no_page_is_larger_than_allowed(void **state)
{
	struct ept ept = mapped(GIB1, GIB1, 0, EPT_PD);

	(void)state;
	leaf_at(&ept, GIB1, EPT_PD);
	assert_int_equal(leaf_at(&ept, 2 * GIB1 - KIB4, EPT_PD), (GIB1 - MIB2) | 0xb7);
}

static void host_memory_out_of_step_is_mapped_in_small_pages(void **state)
{
	struct ept ept = mapped(MIB2, MIB2, KIB4, EPT_PDPT);

	(void)state;
	assert_int_equal(leaf_at(&ept, MIB2, EPT_PT), KIB4 | 0x37);
	assert_int_equal(leaf_at(&ept, 2 * MIB2 - KIB4, EPT_PT), MIB2 | 0x37);
}

static void every_attribute_has_its_bits(void **state)
{
	struct ept ept = ept_new(EPT_PML4);
	struct ept_attributes odd = {
		.allowed = R, .user_execute = true, .memory_type = WT, .ignore_pat = true,
		.suppress_ve = true,
	};

	(void)state;
	ept_map(&ept, range(0, KIB4), hpa(KIB4), EPT_PT, &odd);
	assert_int_equal(leaf_at(&ept, 0, EPT_PT),
			 KIB4 | BIT(0) | BIT(10) | 4 << 3 | BIT(6) | BIT(63));
}

static void mapping_inside_a_large_page_splits_it_and_keeps_the_rest(void **state)
{
	struct ept ept = mapped(0, GIB1, 0, EPT_PDPT);

	(void)state;
	ept_map(&ept, range(MIB2 + KIB4, KIB4), hpa(7 * GIB1), EPT_PDPT, &all);
	assert_int_equal(leaf_at(&ept, MIB2 + KIB4, EPT_PT), 7 * GIB1 | 0x37);
	assert_int_equal(leaf_at(&ept, MIB2, EPT_PT), MIB2 | 0x37);
	assert_int_equal(leaf_at(&ept, 2 * MIB2, EPT_PD), 2 * MIB2 | 0xb7);
	assert_int_equal(leaf_at(&ept, 0, EPT_PD), 0xb7);
}

static void changing_part_of_a_large_page_leaves_its_neighbours_alone(void **state)
{
	struct ept ept = mapped(0, MIB2, GIB1, EPT_PD);
	struct ept_attributes read_only = { .allowed = R, .memory_type = UC };

	(void)state;
	assert_int_equal(ept_change(&ept, range(KIB4, 2 * KIB4), &read_only), EPT_DONE);
	assert_int_equal(leaf_at(&ept, 0, EPT_PT), GIB1 | 0x37);
	assert_int_equal(leaf_at(&ept, KIB4, EPT_PT), (GIB1 + KIB4) | 0x01);
	assert_int_equal(leaf_at(&ept, 2 * KIB4, EPT_PT), (GIB1 + 2 * KIB4) | 0x01);
	assert_int_equal(leaf_at(&ept, 3 * KIB4, EPT_PT), (GIB1 + 3 * KIB4) | 0x37);
}

static void changing_a_whole_large_page_does_not_split_it(void **state)
{
	struct ept ept = mapped(0, 2 * GIB1, 0, EPT_PDPT);
	struct ept_attributes read_only = { .allowed = R, .memory_type = WB };

	(void)state;
	ept_change(&ept, range(GIB1, GIB1), &read_only);
	assert_int_equal(leaf_at(&ept, GIB1, EPT_PDPT), GIB1 | 0xb1);
	assert_int_equal(leaf_at(&ept, 0, EPT_PDPT), 0xb7);
}

/* SDM vol. 3, "EPT Translation Mechanism": with mode-based execute control, bit 10 alone makes an
 * entry present. */
static void a_page_that_only_user_mode_may_execute_is_mapped(void **state)
{
	struct ept ept = mapped(0, GIB1, 0, EPT_PDPT);
	struct ept_attributes user = { .user_execute = true, .memory_type = WB };

	(void)state;
	ept_change(&ept, range(0, MIB2), &user);
	assert_int_equal(leaf_at(&ept, 0, EPT_PD), BIT(10) | 0xb0);
	ept_change(&ept, range(KIB4, KIB4), &all);
	assert_int_equal(leaf_at(&ept, 0, EPT_PT), BIT(10) | 0x30);
	assert_int_equal(leaf_at(&ept, KIB4, EPT_PT), KIB4 | 0x37);
	ept_change(&ept, range(KIB4, KIB4), &user);
	assert_true(ept_merge(&ept, gpa(KIB4), EPT_PD));
	assert_int_equal(leaf_at(&ept, KIB4, EPT_PD), BIT(10) | 0xb0);
	assert_int_equal(ept_unmap(&ept, range(0, MIB2)), EPT_DONE);
	assert_int_equal(leaf_at(&ept, 0, EPT_PD), 0);
}

static void a_table_that_only_user_mode_may_pass_keeps_its_entries(void **state)
{
	struct ept ept = mapped(0, KIB4, GIB1, EPT_PT);

	(void)state;
	*ept_find(&ept, gpa(0), EPT_PD) &= ~(u64)RWX;
	assert_int_equal(leaf_at(&ept, 0, EPT_PT), GIB1 | 0x37);
	assert_int_equal(*ept_find(&ept, gpa(0), EPT_PT), GIB1 | 0x37);
	assert_int_equal(*ept_make(&ept, gpa(0), EPT_PT), GIB1 | 0x37);
}

static void what_is_not_mapped_stays_so_when_changed(void **state)
{
	struct ept ept = mapped(0, KIB4, 0, EPT_PT);

	(void)state;
	assert_int_equal(ept_change(&ept, range(0, GIB1), &all), EPT_DONE);
	assert_int_equal(leaf_at(&ept, KIB4, EPT_PT), 0);
	assert_int_equal(leaf_at(&ept, MIB2, EPT_PD), 0);
}

static void unmapping_leaves_nothing_in_the_range_and_all_beside_it(void **state)
{
	struct ept ept = mapped(0, GIB1, 0, EPT_PDPT);

	(void)state;
	assert_int_equal(ept_unmap(&ept, range(MIB2 - KIB4, MIB2)), EPT_DONE);
	assert_int_equal(leaf_at(&ept, MIB2 - 2 * KIB4, EPT_PT), (MIB2 - 2 * KIB4) | 0x37);
	assert_int_equal(leaf_at(&ept, MIB2 - KIB4, EPT_PT), 0);
	assert_int_equal(leaf_at(&ept, 2 * MIB2 - 2 * KIB4, EPT_PT), 0);
	assert_int_equal(leaf_at(&ept, 2 * MIB2 - KIB4, EPT_PT), (2 * MIB2 - KIB4) | 0x37);
}

static void splitting_keeps_attributes_and_flags(void **state)
{
	struct ept ept = mapped(GIB1, GIB1, 0, EPT_PDPT);
	enum ept_level level;

	(void)state;
	*ept_last(&ept, gpa(GIB1), &level) |= EPT_ACCESSED | EPT_DIRTY | EPT_IGNORE_PAT;
	assert_true(ept_split(&ept, gpa(GIB1 + 5 * MIB2), EPT_PDPT));
	assert_int_equal(leaf_at(&ept, GIB1 + 5 * MIB2, EPT_PD), 5 * MIB2 | 0xb7 | 0x340);
	assert_true(ept_split(&ept, gpa(GIB1 + 5 * MIB2), EPT_PD));
	assert_int_equal(leaf_at(&ept, GIB1 + 5 * MIB2 + KIB4, EPT_PT),
			 (5 * MIB2 + KIB4) | 0x37 | 0x340);
	assert_false(ept_split(&ept, gpa(GIB1 + 5 * MIB2), EPT_PD));
	assert_false(ept_split(&ept, gpa(GIB1 + 5 * MIB2), EPT_PT));
}

static void pieces_of_one_page_merge_into_it(void **state)
{
	struct ept ept = mapped(0, GIB1, 3 * GIB1, EPT_PDPT);

	(void)state;
	ept_split(&ept, gpa(0), EPT_PDPT);
	ept_split(&ept, gpa(0), EPT_PD);
	*ept_find(&ept, gpa(9 * KIB4), EPT_PT) |= EPT_DIRTY;
	assert_false(ept_merge(&ept, gpa(0), EPT_PDPT));
	assert_true(ept_merge(&ept, gpa(0), EPT_PD));
	assert_int_equal(leaf_at(&ept, 0, EPT_PD), 3 * GIB1 | 0xb7 | EPT_DIRTY);
	assert_true(ept_merge(&ept, gpa(0), EPT_PDPT));
	assert_int_equal(leaf_at(&ept, 0, EPT_PDPT), 3 * GIB1 | 0xb7 | EPT_DIRTY);
	assert_false(ept_merge(&ept, gpa(0), EPT_PDPT));
}

static void pieces_that_differ_do_not_merge(void **state)
{
	struct ept ept = mapped(0, MIB2, 0, EPT_PT);
	u64 *piece = ept_find(&ept, gpa(100 * KIB4), EPT_PT), before = *piece;

	(void)state;
	for (unsigned bit = 0; bit < 64; bit++) {
		if (BIT(bit) & (EPT_ACCESSED | EPT_DIRTY))
			continue;
		*piece = before ^ BIT(bit);
		assert_false(ept_merge(&ept, gpa(0), EPT_PD));
	}
	*piece = before;
	assert_true(ept_merge(&ept, gpa(0), EPT_PD));
}

static void pieces_out_of_step_do_not_merge(void **state)
{
	struct ept ept = mapped(0, MIB2, KIB4, EPT_PT);

	(void)state;
	assert_false(ept_merge(&ept, gpa(0), EPT_PD));
}

static void flags_are_read_and_cleared_over_a_range(void **state)
{
	struct ept ept = mapped(0, 2 * MIB2, 0, EPT_PT);

	(void)state;
	*ept_find(&ept, gpa(KIB4), EPT_PT) |= EPT_ACCESSED;
	*ept_find(&ept, gpa(MIB2 + KIB4), EPT_PT) |= EPT_ACCESSED | EPT_DIRTY;
	assert_int_equal(ept_flags(&ept, range(0, MIB2)), EPT_ACCESSED);
	assert_int_equal(ept_flags(&ept, range(0, 2 * MIB2)), EPT_ACCESSED | EPT_DIRTY);
	assert_int_equal(ept_flags_clear(&ept, range(0, 2 * MIB2), EPT_DIRTY), EPT_DONE);
	assert_int_equal(ept_flags(&ept, range(0, 2 * MIB2)), EPT_ACCESSED);
	assert_int_equal(leaf_at(&ept, MIB2 + KIB4, EPT_PT), (MIB2 + KIB4) | 0x37 | EPT_ACCESSED);
}

static void ranges_that_make_no_sense_are_refused(void **state)
{
	struct ept ept = ept_new(EPT_PML4);

	(void)state;
	assert_int_equal(ept_map(&ept, range(1, KIB4), hpa(0), EPT_PT, &all), EPT_MISALIGNED);
	assert_int_equal(ept_map(&ept, range(0, 1), hpa(0), EPT_PT, &all), EPT_MISALIGNED);
	assert_int_equal(ept_map(&ept, range(0, KIB4), hpa(1), EPT_PT, &all), EPT_MISALIGNED);
	assert_int_equal(ept_map(&ept, range(BIT(48), KIB4), hpa(0), EPT_PT, &all), EPT_TOO_WIDE);
	assert_int_equal(ept_unmap(&ept, range(BIT(48) - KIB4, 2 * KIB4)), EPT_TOO_WIDE);
	assert_int_equal(ept_unmap(&ept, range(KIB4, ~0ul & ~(KIB4 - 1))), EPT_TOO_WIDE);
	assert_int_equal(ept_unmap(&ept, range(BIT(48) - KIB4, KIB4)), EPT_DONE);
	assert_int_equal(ept_flags_clear(&ept, range(0, 1), EPT_DIRTY), EPT_MISALIGNED);
	assert_int_equal(ept_change(&ept, range(0, 0), &all), EPT_DONE);
}

static void five_levels_translate_57_bits(void **state)
{
	struct ept ept = ept_new(EPT_PML5);
	u64 high = BIT(56) | BIT(48) | BIT(30);

	(void)state;
	assert_int_equal(ept_map(&ept, range(high, KIB4), hpa(KIB4), EPT_PT, &all), EPT_DONE);
	assert_int_equal(leaf_at(&ept, high, EPT_PT), KIB4 | 0x37);
	assert_int_equal(leaf_at(&ept, BIT(30), EPT_PML5), 0);
	assert_int_equal(ept_map(&ept, range(BIT(57), KIB4), hpa(0), EPT_PT, &all), EPT_TOO_WIDE);
}

#define MAPPING_CASE(name) cmocka_unit_test_teardown(name, give_back_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		MAPPING_CASE(a_range_is_mapped_in_the_largest_pages_that_fit),
		MAPPING_CASE(no_page_is_larger_than_allowed),
		MAPPING_CASE(host_memory_out_of_step_is_mapped_in_small_pages),
		MAPPING_CASE(every_attribute_has_its_bits),
		MAPPING_CASE(a_page_that_only_user_mode_may_execute_is_mapped),
		MAPPING_CASE(a_table_that_only_user_mode_may_pass_keeps_its_entries),
		MAPPING_CASE(mapping_inside_a_large_page_splits_it_and_keeps_the_rest),
		MAPPING_CASE(changing_part_of_a_large_page_leaves_its_neighbours_alone),
		MAPPING_CASE(changing_a_whole_large_page_does_not_split_it),
		MAPPING_CASE(what_is_not_mapped_stays_so_when_changed),
		MAPPING_CASE(unmapping_leaves_nothing_in_the_range_and_all_beside_it),
		MAPPING_CASE(splitting_keeps_attributes_and_flags),
		MAPPING_CASE(pieces_of_one_page_merge_into_it),
		MAPPING_CASE(pieces_that_differ_do_not_merge),
		MAPPING_CASE(pieces_out_of_step_do_not_merge),
		MAPPING_CASE(flags_are_read_and_cleared_over_a_range),
		MAPPING_CASE(ranges_that_make_no_sense_are_refused),
		MAPPING_CASE(five_levels_translate_57_bits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
