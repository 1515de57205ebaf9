/* model_event_test.c -- the model's #VE, sub-page write permissions, and accesses to two pages,
 * against the SDM (vol. 3, "Convertible EPT Violations", "Sub-Page Write Permissions")
 * links: tests/model/access.c tests/model/access_rights.c tests/model/ept.c tests/model/flags.c
 * links: tests/model/guest_paging.c tests/model/judge.c tests/model/sub_page.c tests/model/walk.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/host/between.h"
#include "tests/host/model_world.h"

#define FINAL (VIOLATION_LINEAR_VALID | VIOLATION_LINEAR_TRANSLATION \
	       | VIOLATION_USER_ADDRESS | VIOLATION_READ_WRITE_PAGE)

static void expect_event(enum model_access_kind kind, enum model_event event)
{
	assert_int_equal(predict(kind)->outcome.event, event);
}

/* --- "Convertible EPT Violations" --- */

static u32 *busy;

static int with_exceptions(void **state)
{
	u64 area;

	four_level(state);
	area = new_page() + 0x100;
	world.controls.ept_violation_ve = true;
	world.controls.ve_information = hpa(area);
	busy = (u32 *)at_host(area) + 1;
	return 0;
}

static void a_violation_becomes_an_exception_with_all_that_the_exit_would_tell(void **state)
{
	(void)state;
	*ept(data, EPT_PT) &= ~(u64)EPT_WRITE;
	expect_event(MODEL_WRITE, MODEL_VE);
	expect_code(VIOLATION_WRITE | VIOLATION_READABLE | VIOLATION_EXECUTABLE | FINAL,
		    VIOLATION_USER_EXECUTABLE);
	assert_int_equal(predicted.outcome.physical.raw, data);
	assert_int_equal(predicted.outcome.linear.raw, linear);
}

static void bit_63_of_the_entry_that_is_not_present_suppresses_the_exception(void **state)
{
	(void)state;
	for (unsigned level = EPT_PT; level <= EPT_PML4; level++) {
		u64 before = *ept(data, level);

		*ept(data, level) = 0x1230000;
		expect_event(MODEL_READ, MODEL_VE);
		*at_host(ept_where(data, level)) |= BIT(63);
		expect_event(MODEL_READ, MODEL_EPT_VIOLATION);
		*at_host(ept_where(data, level)) = before;
	}
}

static void bit_63_of_the_entry_that_maps_the_page_suppresses_the_exception(void **state)
{
	(void)state;
	for (unsigned level = EPT_PT; level <= EPT_PDPT; level++) {
		*ept(data, level) = EPT_READ | EPT_WB | (level > EPT_PT ? EPT_LARGE : 0);
		expect_event(MODEL_WRITE, MODEL_VE);
		*ept(data, level) |= BIT(63);
		expect_event(MODEL_WRITE, MODEL_EPT_VIOLATION);
	}
}

static void bit_63_of_an_entry_that_references_a_table_suppresses_nothing(void **state)
{
	(void)state;
	*ept(data, EPT_PT) &= ~(u64)EPT_WRITE;
	for (unsigned level = EPT_PD; level <= EPT_PML4; level++)
		*ept(data, level) |= BIT(63);
	expect_event(MODEL_WRITE, MODEL_VE);
}

static void a_violation_in_the_guests_walk_becomes_an_exception_too(void **state)
{
	(void)state;
	*ept(guest_where(linear, 3), EPT_PT) = 0;
	expect_event(MODEL_READ, MODEL_VE);
	expect_code(VIOLATION_READ | VIOLATION_LINEAR_VALID,
		    VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED);
	assert_int_equal(predicted.outcome.physical.raw, guest_where(linear, 3));
}

static void while_the_area_is_busy_a_violation_is_an_exit(void **state)
{
	static const u32 values[] = { 0xffffffff, 1, 0x80000000 };

	(void)state;
	*ept(data, EPT_PT) = 0;
	for (unsigned i = 0; i < COUNT(values); i++) {
		*busy = values[i];
		expect_event(MODEL_READ, MODEL_EPT_VIOLATION);
	}
	*busy = 0;
	busy[-1] = busy[1] = 0xffffffff;
	expect_event(MODEL_READ, MODEL_VE);
}

static void outside_protected_mode_a_violation_is_an_exit(void **state)
{
	(void)state;
	world.guest.cr0 = 0;
	world.guest.in_64bit_mode = false;
	expect_event(MODEL_READ, MODEL_EPT_VIOLATION);
	world.guest.cr0 = CR0_PE;
	expect_event(MODEL_READ, MODEL_VE);
}

static void while_an_event_is_delivered_a_violation_is_an_exit(void **state)
{
	struct model_access access = access_of(MODEL_WRITE);

	(void)state;
	*ept(data, EPT_PT) = 0;
	access.delivering_event = true;
	assert_int_equal(predict_access(access, 0)->outcome.event, MODEL_EPT_VIOLATION);
}

static void without_the_control_a_violation_is_an_exit(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = 0;
	world.controls.ept_violation_ve = false;
	expect_event(MODEL_READ, MODEL_EPT_VIOLATION);
}

static void a_misconfiguration_is_an_exit_always(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = EPT_WRITE;
	expect_event(MODEL_READ, MODEL_EPT_MISCONFIGURATION);
}

static void an_address_wider_than_the_walk_has_no_entry_to_convert_it(void **state)
{
	(void)state;
	world.processor.physical_width = 52;
	guest_put(linear, 1, BIT(48) | (data & PAGING_ADDRESS) | GUEST_USER);
	expect_event(MODEL_READ, MODEL_EPT_VIOLATION);
}

/* --- "Sub-Page Write Permissions" --- */

static u64 spp_at[5];                           /* for each level, where the data's entry stands */
static u64 *vector;

static int with_sub_pages(void **state)
{
	u64 table;

	four_level(state);
	world.controls.sub_page_write = true;
	table = new_page();
	world.controls.sub_page_table = hpa(table);
	for (unsigned level = 4; level >= 1; level--) {
		spp_at[level] = table + (data >> (3 + 9 * level) & 511) * 8;
		if (level > 1)
			*at_host(spp_at[level]) = (table = new_page()) | SPPT_VALID;
	}
	vector = at_host(spp_at[1]);
	*ept(data, EPT_PT) = (*ept(data, EPT_PT) & ~(u64)EPT_WRITE) | EPT_SUB_PAGE_WRITE;
	return 0;
}

#define SUB_PAGE (data >> 7 & 31)

static void a_write_is_allowed_if_the_bit_of_its_sub_page_is_set(void **state)
{
	struct model_access access = access_of(MODEL_WRITE);

	(void)state;
	for (unsigned sub_page = 0; sub_page < 32; sub_page++) {
		access.linear = gla((linear & ~BITS(11, 0)) + 128 * sub_page + 127);
		*vector = BIT(2 * sub_page);
		assert_int_equal(predict_access(access, 0)->outcome.event, MODEL_COMPLETES);
		*vector = ~BIT(2 * sub_page) & 0x5555555555555555;
		assert_int_equal(predict_access(access, 0)->outcome.event, MODEL_EPT_VIOLATION);
	}
	expect_code(VIOLATION_WRITE | VIOLATION_READABLE | VIOLATION_EXECUTABLE | FINAL,
		    VIOLATION_USER_EXECUTABLE);
}

static void a_write_to_two_sub_pages_takes_both_bits(void **state)
{
	struct model_access access = access_of(MODEL_WRITE);

	(void)state;
	access.linear = gla((linear & ~BITS(6, 0)) - 1);
	access.size = 2;
	for (unsigned bits = 0; bits < 4; bits++) {
		*vector = (bits & 1 ? BIT(2 * SUB_PAGE) : 0)
			| (bits & 2 ? BIT(2 * (SUB_PAGE - 1)) : 0);
		assert_int_equal(predict_access(access, 0)->outcome.event,
				 bits == 3 ? MODEL_COMPLETES : MODEL_EPT_VIOLATION);
	}
}

static void a_read_modify_write_is_a_write_to_a_sub_page(void **state)
{
	(void)state;
	*vector = BIT(2 * SUB_PAGE);
	expect_event(MODEL_READ_MODIFY_WRITE, MODEL_COMPLETES);
	*ept(data, EPT_PT) = EPT_EXECUTE | EPT_SUB_PAGE_WRITE | EPT_WB;
	expect_event(MODEL_READ_MODIFY_WRITE, MODEL_EPT_VIOLATION);
	expect_event(MODEL_WRITE, MODEL_COMPLETES);
}

static void nothing_but_writes_looks_at_sub_pages(void **state)
{
	(void)state;
	*at_host(spp_at[4]) = 0;
	expect_event(MODEL_READ, MODEL_COMPLETES);
	expect_event(MODEL_FETCH, MODEL_COMPLETES);
	*ept(data, EPT_PT) |= EPT_WRITE;
	expect_event(MODEL_WRITE, MODEL_COMPLETES);
}

static void sub_pages_count_for_4k_pages_with_bit_61_under_the_control_only(void **state)
{
	(void)state;
	*vector = ~0ul / 3;
	expect_event(MODEL_WRITE, MODEL_COMPLETES);
	*ept(data, EPT_PT) &= ~EPT_SUB_PAGE_WRITE;
	expect_event(MODEL_WRITE, MODEL_EPT_VIOLATION);
	*ept(data, EPT_PT) |= EPT_SUB_PAGE_WRITE;
	world.controls.sub_page_write = false;
	expect_event(MODEL_WRITE, MODEL_EPT_VIOLATION);
	world.controls.sub_page_write = true;
	*ept(data, EPT_PT) = EPT_SUB_PAGE_WRITE;
	expect_event(MODEL_WRITE, MODEL_EPT_VIOLATION);
	*ept(data, EPT_PD) = EPT_READ | EPT_WB | EPT_LARGE | EPT_SUB_PAGE_WRITE;
	expect_event(MODEL_WRITE, MODEL_EPT_VIOLATION);
}

static void an_entry_that_is_not_valid_is_an_spp_miss(void **state)
{
	(void)state;
	for (unsigned level = 4; level >= 2; level--) {
		u64 before = *at_host(spp_at[level]);

		*at_host(spp_at[level]) = before & ~(u64)SPPT_VALID;
		expect_event(MODEL_WRITE, MODEL_SPP_EVENT);
		assert_int_equal(predicted.outcome.code, SPP_MISS);
		assert_int_equal(predicted.undefined, VIOLATION_NMI_UNBLOCKING);
		assert_int_equal(predicted.outcome.physical.raw, data);
		assert_int_equal(predicted.outcome.linear.raw, linear);
		*at_host(spp_at[level]) = before;
	}
}

static void every_reserved_bit_is_an_spp_misconfiguration(void **state)
{
	u64 reserved = BITS(11, 1) | BITS(63, 40);

	(void)state;
	for (unsigned level = 4; level >= 1; level--)
		for (unsigned bit = 0; bit < 64; bit++) {
			u64 before = *at_host(spp_at[level]);

			if (!((level > 1 ? reserved : ~0ul / 3 * 2) & BIT(bit)))
				continue;
			*at_host(spp_at[level]) |= BIT(bit);
			expect_event(MODEL_WRITE, MODEL_SPP_EVENT);
			assert_int_equal(predicted.outcome.code, 0);
			*at_host(spp_at[level]) = before;
		}
}

static void flags_of_guest_entries_are_not_written_by_sub_page_permission(void **state)
{
	u64 *table = ept(guest_where(linear, 1), EPT_PT);

	(void)state;
	*at_host(spp_at[4]) = 0;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)PAGING_A);
	*table = (*table & ~(u64)EPT_WRITE) | EPT_SUB_PAGE_WRITE;
	expect_event(MODEL_READ, MODEL_EPT_VIOLATION);
	world.controls.eptp |= EPTP_ACCESSED_DIRTY;
	expect_event(MODEL_READ, MODEL_EPT_VIOLATION);
}

static void a_write_to_a_sub_page_dirties_the_page(void **state)
{
	(void)state;
	*vector = BIT(2 * SUB_PAGE);
	world.controls.eptp |= EPTP_ACCESSED_DIRTY;
	expect_event(MODEL_WRITE, MODEL_COMPLETES);
	assert_int_equal(predicted.updates[predicted.update_count - 1].entry.raw,
			 ept_where(data, EPT_PT));
	assert_int_equal(predicted.updates[predicted.update_count - 1].bits,
			 EPT_ACCESSED | EPT_DIRTY);
}

/* --- Two pages --- */

static struct model_access crossing(enum model_access_kind kind)
{
	return (struct model_access){ .kind = kind, .linear = gla(next_linear - 3), .size = 8 };
}

static bool allows(enum model_access_kind kind, struct model_outcome outcome)
{
	struct model_access access = crossing(kind);

	return model_allows(&world, &access, &outcome, &predicted);
}

static bool allows_violation(enum model_access_kind kind, u64 code, u64 physical, u64 at)
{
	struct model_outcome outcome = { MODEL_EPT_VIOLATION, code, gpa(physical), gla(at) };

	return allows(kind, outcome);
}

static void an_access_may_reach_two_pages(void **state)
{
	u64 last = (data | BITS(11, 0)) - 2;

	(void)state;
	assert_int_equal(predict_access(crossing(MODEL_WRITE), 0)->outcome.event, MODEL_COMPLETES);
	assert_int_equal(predicted.page_count, 2);
	assert_int_equal(predicted.pages[0].address.raw,
			 (*ept(data, EPT_PT) & EPT_ADDRESS) | (last & BITS(11, 0)));
	assert_int_equal(predicted.pages[1].address.raw, *ept(next_data, EPT_PT) & EPT_ADDRESS);
}

static void an_access_is_to_two_pages_if_its_last_byte_is_in_another(void **state)
{
	u64 page = linear & ~BITS(11, 0);

	(void)state;
	for (u64 offset = 0; offset < PAGE_SIZE; offset++)
		for (u8 size = 1; size <= 15; size++) {
			predict_access((struct model_access){
				.kind = MODEL_READ, .linear = gla(page + offset), .size = size,
			}, 0);
			assert_int_equal(predicted.outcome.event, MODEL_COMPLETES);
			assert_int_equal(predicted.page_count,
					 offset + size > PAGE_SIZE ? 2 : 1);
		}
}

static void which_page_comes_first_changes_nothing_if_both_can_be_accessed(void **state)
{
	struct model_access access = crossing(MODEL_WRITE);
	struct model_page pages[2];

	(void)state;
	predict_access(access, 0);
	memcpy(pages, predicted.pages, sizeof(pages));
	predict_access(access, MODEL_LAST_PAGE_FIRST);
	assert_int_equal(predicted.outcome.event, MODEL_COMPLETES);
	assert_int_equal(predicted.page_count, 2);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(predicted.pages[i].address.raw, pages[i].address.raw);
}

/* The page that comes first decides; the other one is not looked at. */
static void the_first_failure_ends_the_access(void **state)
{
	struct model_access access = crossing(MODEL_WRITE);
	u64 pages[] = { linear, next_linear }, reached[] = { data, next_data };
	u64 after = next_linear + PAGE_SIZE;

	(void)state;
	for (unsigned first = 0; first < 2; first++) {
		unsigned choices = first == 0 ? 0 : MODEL_LAST_PAGE_FIRST;
		u64 before = guest_get(pages[first], 1);

		*ept(reached[!first], EPT_PT) = 0;
		guest_put(pages[first], 1, 0);
		predict_access(access, choices);
		assert_int_equal(predicted.outcome.event, MODEL_PAGE_FAULT);
		guest_put(pages[first], 1, before & ~(u64)PAGING_D);
		*ept(guest_where(pages[first], 1), EPT_PT) &= ~(u64)EPT_WRITE;
		predict_access(access, choices);
		assert_int_equal(predicted.outcome.physical.raw, guest_where(pages[first], 1));
		assert_true(predicted.choices_open & MODEL_LAST_PAGE_FIRST);
		assert_true(predicted.choices_open & MODEL_FLAGS_AFTER_ACCESS);
		guest_put(pages[first], 1, before);
		*ept(guest_where(pages[first], 1), EPT_PT) |= EPT_WRITE;
		*ept(reached[!first], EPT_PT) = *ept(reached[first], EPT_PT);
	}
	guest_put(after, 1, 0);
	access.linear = gla(after - 3);
	predict_access(access, 0);
	assert_int_equal(predicted.outcome.linear.raw, after);
}

static void what_fails_on_the_second_page_is_told_with_the_start_of_that_page(void **state)
{
	(void)state;
	*ept(next_data, EPT_PT) = 0;
	predict_access(crossing(MODEL_READ), 0);
	assert_int_equal(predicted.outcome.physical.raw, next_data);
	assert_int_equal(predicted.outcome.linear.raw, next_linear);
	guest_put(next_linear, 1, 0);
	predict_access(crossing(MODEL_READ), 0);
	assert_int_equal(predicted.outcome.event, MODEL_PAGE_FAULT);
	assert_int_equal(predicted.outcome.linear.raw, next_linear);
}

static void either_of_two_pages_may_be_the_first_to_fail(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = 0;
	*ept(next_data, EPT_PT) = 0;
	assert_true(allows_violation(MODEL_WRITE, VIOLATION_WRITE | FINAL,
				     (data | BITS(11, 0)) - 2, next_linear - 3));
	assert_true(allows_violation(MODEL_WRITE, VIOLATION_WRITE | FINAL, next_data, next_linear));
	assert_false(allows_violation(MODEL_WRITE, VIOLATION_WRITE | FINAL, data, next_linear));
	assert_int_equal(predicted.outcome.linear.raw, next_linear - 3);
	guest_put(next_linear, 1, 0);
	assert_true(allows(MODEL_WRITE, (struct model_outcome){ MODEL_PAGE_FAULT, FAULT_WR, gpa(0),
								gla(next_linear) }));
	assert_false(allows(MODEL_WRITE, (struct model_outcome){ .event = MODEL_COMPLETES }));
}

static void an_access_to_one_page_leaves_no_choice_of_pages(void **state)
{
	(void)state;
	predict(MODEL_WRITE);
	assert_int_equal(predicted.choices_open, 0);
}

static void two_pages_may_be_marked_and_logged(void **state)
{
	(void)state;
	world.controls.eptp |= EPTP_ACCESSED_DIRTY;
	world.controls.enable_pml = true;
	world.controls.pml_index = 511;
	assert_int_equal(predict_access(crossing(MODEL_WRITE), 0)->outcome.event, MODEL_COMPLETES);
	assert_int_equal(predicted.log_count, 6);
	assert_int_equal(predicted.log[5].page.raw, next_data);
	assert_int_equal(predicted.log[4].page.raw, data & ~BITS(11, 0));
}

/* No list of a prediction may overflow.  Nothing is marked yet, and the two pages share no entry
 * but one of the root's. */
static void the_longest_access_there_is_fits(void **state)
{
	struct model_access access = { .kind = MODEL_WRITE, .size = 2 };

	(void)state;
	new_world(CR4_PAE | CR4_LA57, EFER_LMA, 5);
	world.controls.eptp |= EPTP_ACCESSED_DIRTY;
	world.controls.enable_pml = true;
	world.controls.pml_index = 511;
	access.linear = gla(BIT(48) - 1);
	for (unsigned i = 0; i < 2; i++) {
		u64 at = access.linear.raw + i, page = (data ^ (u64)i << 48) & PAGING_ADDRESS;

		guest_put(at, 1, page | (GUEST_USER & ~(u64)PAGING_A));
		for (unsigned level = 2; level <= 5; level++)
			guest_put(at, level, guest_get(at, level) & ~(u64)PAGING_A);
		*ept(page, EPT_PT) = new_page() | EPT_RWX | EPT_WB;
	}
	assert_int_equal(predict_access(access, 0)->outcome.event, MODEL_COMPLETES);
	assert_between(predicted.update_count, 20, MODEL_UPDATES);
	assert_int_equal(predicted.log_count, 11);
}

static void outside_64_bit_mode_an_access_wraps_at_4g(void **state)
{
	struct model_access access = { .kind = MODEL_READ, .linear = gla(0xfffffffe), .size = 4 };

	(void)state;
	new_world(CR4_PAE, 0, 4);
	guest_put(0xfffff000, 1, (data & PAGING_ADDRESS) | GUEST_USER);
	assert_int_equal(predict_access(access, 0)->outcome.event, MODEL_PAGE_FAULT);
	assert_int_equal(predicted.outcome.linear.raw, 0);
	guest_put(0, 1, (next_data & PAGING_ADDRESS) | GUEST_USER);
	assert_int_equal(predict_access(access, 0)->outcome.event, MODEL_COMPLETES);
}

/* "Writes that cross two 4-KByte pages": sub-page permissions may be applied to neither. */
static void sub_pages_of_a_write_to_two_pages_may_be_ignored(void **state)
{
	u64 last = (data | BITS(11, 0)) - 2;

	(void)state;
	*vector = BIT(62);
	assert_true(allows(MODEL_WRITE, (struct model_outcome){ .event = MODEL_COMPLETES }));
	assert_true(allows_violation(MODEL_WRITE,
		VIOLATION_WRITE | VIOLATION_READABLE | VIOLATION_EXECUTABLE | FINAL, last,
		next_linear - 3));
	predict_access(crossing(MODEL_WRITE), 0);
	assert_int_equal(predicted.choices_open, MODEL_SUB_PAGES_IGNORED | MODEL_LAST_PAGE_FIRST);
	predict_access(access_of(MODEL_WRITE), 0);
	assert_int_equal(predicted.choices_open, 0);
}

/* The second page first, the flags of its guest entry last, and its sub-pages do not count. */
static void all_choices_may_be_needed_at_once(void **state)
{
	u64 *next = ept(next_data, EPT_PT);

	(void)state;
	guest_put(linear, 1, 0);
	guest_put(next_linear, 1, guest_get(next_linear, 1) & ~(u64)(PAGING_A | PAGING_D));
	*ept(guest_where(next_linear, 1), EPT_PT) &= ~(u64)EPT_WRITE;
	*next = (*next & ~(u64)EPT_WRITE) | EPT_SUB_PAGE_WRITE;
	assert_true(allows_violation(MODEL_WRITE,
		VIOLATION_WRITE | VIOLATION_READABLE | VIOLATION_EXECUTABLE | FINAL, next_data,
		next_linear));
}

static void only_canonical_addresses_are_translated_in_64_bit_mode(void **state)
{
	static const struct { u64 cr4, linear; bool canonical; } rows[] = {
		{ 0, BIT(47) - 1, true }, { 0, BIT(47), false }, { 0, ~0ul << 47, true },
		{ 0, (~0ul << 47) - 1, false }, { 0, BIT(63), false },
		{ CR4_LA57, BIT(47), true }, { CR4_LA57, BIT(56) - 1, true },
		{ CR4_LA57, BIT(56), false }, { CR4_LA57, ~0ul << 56, true },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(rows); i++) {
		struct model_access access = { .linear = gla(rows[i].linear), .size = 1 };

		world.guest.cr4 = CR4_PAE | rows[i].cr4;
		assert_int_equal(predict_access(access, 0)->outcome.event != MODEL_NOT_CANONICAL,
				 rows[i].canonical);
		assert_true(rows[i].canonical || predicted.undefined == 0);
	}
}

static void the_last_byte_of_an_access_must_be_canonical_too(void **state)
{
	struct model_access access = { .linear = gla(BIT(47) - 1), .size = 2 };

	(void)state;
	assert_int_equal(predict_access(access, 0)->outcome.event, MODEL_NOT_CANONICAL);
}

static const struct CMUnitTest tests[] = {
#define IN(setup, test) cmocka_unit_test_setup(test, setup)
	IN(with_exceptions, a_violation_becomes_an_exception_with_all_that_the_exit_would_tell),
	IN(with_exceptions, bit_63_of_the_entry_that_is_not_present_suppresses_the_exception),
	IN(with_exceptions, bit_63_of_the_entry_that_maps_the_page_suppresses_the_exception),
	IN(with_exceptions, bit_63_of_an_entry_that_references_a_table_suppresses_nothing),
	IN(with_exceptions, a_violation_in_the_guests_walk_becomes_an_exception_too),
	IN(with_exceptions, while_the_area_is_busy_a_violation_is_an_exit),
	IN(with_exceptions, outside_protected_mode_a_violation_is_an_exit),
	IN(with_exceptions, while_an_event_is_delivered_a_violation_is_an_exit),
	IN(with_exceptions, without_the_control_a_violation_is_an_exit),
	IN(with_exceptions, a_misconfiguration_is_an_exit_always),
	IN(with_exceptions, an_address_wider_than_the_walk_has_no_entry_to_convert_it),
	IN(with_sub_pages, a_write_is_allowed_if_the_bit_of_its_sub_page_is_set),
	IN(with_sub_pages, a_write_to_two_sub_pages_takes_both_bits),
	IN(with_sub_pages, a_read_modify_write_is_a_write_to_a_sub_page),
	IN(with_sub_pages, nothing_but_writes_looks_at_sub_pages),
	IN(with_sub_pages, sub_pages_count_for_4k_pages_with_bit_61_under_the_control_only),
	IN(with_sub_pages, an_entry_that_is_not_valid_is_an_spp_miss),
	IN(with_sub_pages, every_reserved_bit_is_an_spp_misconfiguration),
	IN(with_sub_pages, flags_of_guest_entries_are_not_written_by_sub_page_permission),
	IN(with_sub_pages, a_write_to_a_sub_page_dirties_the_page),
	IN(with_sub_pages, sub_pages_of_a_write_to_two_pages_may_be_ignored),
	IN(with_sub_pages, all_choices_may_be_needed_at_once),
	IN(four_level, an_access_may_reach_two_pages),
	IN(four_level, an_access_is_to_two_pages_if_its_last_byte_is_in_another),
	IN(four_level, which_page_comes_first_changes_nothing_if_both_can_be_accessed),
	IN(four_level, the_first_failure_ends_the_access),
	IN(four_level, what_fails_on_the_second_page_is_told_with_the_start_of_that_page),
	IN(four_level, either_of_two_pages_may_be_the_first_to_fail),
	IN(four_level, an_access_to_one_page_leaves_no_choice_of_pages),
	IN(four_level, two_pages_may_be_marked_and_logged),
	IN(four_level, the_longest_access_there_is_fits),
	IN(four_level, outside_64_bit_mode_an_access_wraps_at_4g),
	IN(four_level, only_canonical_addresses_are_translated_in_64_bit_mode),
	IN(four_level, the_last_byte_of_an_access_must_be_canonical_too),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
