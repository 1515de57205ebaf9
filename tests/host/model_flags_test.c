/* model_flags_test.c -- accessed and dirty flags, of the guest and of EPT, and the log of pages
 * written to, against the SDM (vol. 3, "Accessed and Dirty Flags", "Accessed and Dirty Flags for
 * EPT", "Page-Modification Logging")
 * links: tests/model/access.c tests/model/access_rights.c tests/model/ept.c tests/model/flags.c
 * links: tests/model/guest_paging.c tests/model/judge.c tests/model/sub_page.c tests/model/walk.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/host/model_world.h"

static const enum model_access_kind kinds[] = {
	MODEL_READ, MODEL_WRITE, MODEL_READ_MODIFY_WRITE, MODEL_FETCH,
};

static bool writes(enum model_access_kind kind)
{
	return kind == MODEL_WRITE || kind == MODEL_READ_MODIFY_WRITE;
}

static u64 marks_at(u64 host_physical)
{
	for (unsigned i = 0; i < predicted.update_count; i++)
		if (predicted.updates[i].entry.raw == host_physical)
			return predicted.updates[i].bits;
	return 0;
}

/* The host-physical address of the guest's entry. */
static u64 guest_host(u64 address, unsigned level)
{
	return guest_where(address, level) - DISTANCE;
}

static void clear_guest_flags(void)
{
	for (unsigned level = 1; level <= guest_levels(); level++)
		guest_put(linear, level,
			  guest_get(linear, level) & ~(u64)(PAGING_A | PAGING_D));
}

static int with_flags(void **state)
{
	four_level(state);
	world.controls.eptp |= EPTP_ACCESSED_DIRTY;
	return 0;
}

static int with_log(void **state)
{
	with_flags(state);
	world.controls.enable_pml = true;
	world.controls.pml_address = hpa(0x77000);
	world.controls.pml_index = 511;
	return 0;
}

static void set_ept_flags(u64 address)
{
	for (unsigned level = EPT_PT; level <= EPT_PML4; level++)
		*ept(address, level) |= EPT_ACCESSED | (level == EPT_PT ? EPT_DIRTY : 0);
}

/* Sets the flags of all EPT entries that translate the guest's tables, not of those that translate
 * the data. */
static void set_ept_flags_of_tables(void)
{
	for (unsigned level = 1; level <= 4; level++)
		set_ept_flags(guest_where(linear, level));
}

/* --- Of the guest --- */

static void accessed_is_set_in_all_guest_entries_and_dirty_by_writes_in_the_last(void **state)
{
	static const struct { u64 cr4, efer; } modes[] = {
		{ 0, 0 }, { CR4_PAE, 0 }, { CR4_PAE, EFER_LMA }, { CR4_PAE | CR4_LA57, EFER_LMA },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(modes); i++)
		for (unsigned k = 0; k < COUNT(kinds); k++) {
			new_world(modes[i].cr4, modes[i].efer, 4 + (i == 3));
			clear_guest_flags();
			expect_completes(kinds[k]);
			assert_int_equal(predicted.update_count, guest_levels());
			assert_int_equal(marks_at(guest_host(linear, 1)),
					 PAGING_A | (writes(kinds[k]) ? PAGING_D : 0));
			for (unsigned level = 2; level <= guest_levels(); level++)
				assert_int_equal(marks_at(guest_host(linear, level)), PAGING_A);
		}
}

static void a_large_guest_page_gets_its_dirty_flag_where_it_is_mapped(void **state)
{
	u64 page = 0x5555600000;

	(void)state;
	guest_put(linear, 2, page | PAGING_PS | (GUEST_USER & ~(u64)PAGING_A));
	*ept(page | (linear & BITS(20, 0)), EPT_PT) = new_page() | EPT_RWX | EPT_WB;
	expect_completes(MODEL_WRITE);
	assert_int_equal(predicted.update_count, 1);
	assert_int_equal(marks_at(guest_host(linear, 2)), PAGING_A | PAGING_D);
}

static void flags_that_are_set_already_are_not_written(void **state)
{
	(void)state;
	for (unsigned level = 1; level <= 4; level++)
		*ept(guest_where(linear, level), EPT_PT) &= ~(u64)EPT_WRITE;
	expect_completes(MODEL_WRITE);
	assert_int_equal(predicted.update_count, 0);
	assert_int_equal(predicted.choices_open, 0);
}

/* "EPT Violations": writes to update accessed and dirty flags are considered to be data writes. */
static void expect_refused_flag(unsigned level)
{
	assert_int_equal(predicted.outcome.event, MODEL_EPT_VIOLATION);
	assert_int_equal(predicted.outcome.physical.raw, guest_where(linear, level));
	assert_int_equal(predicted.outcome.linear.raw, linear);
	expect_code(VIOLATION_READ | VIOLATION_WRITE | VIOLATION_READABLE | VIOLATION_EXECUTABLE
			| VIOLATION_LINEAR_VALID,
		    VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED | VIOLATION_READ);
}

static void an_accessed_flag_on_a_page_that_may_not_be_written_stops_all(void **state)
{
	(void)state;
	for (unsigned level = 1; level <= 4; level++) {
		u64 before = guest_get(linear, level);
		u64 *table = ept(guest_where(linear, level), EPT_PT);

		guest_put(linear, level, before & ~(u64)PAGING_A);
		*table &= ~(u64)EPT_WRITE;
		predict(MODEL_READ);
		expect_refused_flag(level);
		*table |= EPT_WRITE;
		guest_put(linear, level, before);
	}
}

static void a_dirty_flag_on_a_page_that_may_not_be_written_stops_writes(void **state)
{
	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)PAGING_D);
	*ept(guest_where(linear, 1), EPT_PT) &= ~(u64)EPT_WRITE;
	expect_completes(MODEL_READ);
	predict(MODEL_WRITE);
	expect_refused_flag(1);
}

static void no_dirty_flag_is_set_for_a_write_that_the_guest_refuses(void **state)
{
	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)(PAGING_D | PAGING_RW));
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_PAGE_FAULT);
	assert_int_equal(predicted.update_count, 0);
}

static void an_entry_that_cannot_be_used_is_not_marked(void **state)
{
	(void)state;
	clear_guest_flags();
	guest_put(linear, 2, guest_get(linear, 2) | BIT(51));
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_PAGE_FAULT);
	assert_int_equal(predicted.update_count, 2);
	assert_int_equal(marks_at(guest_host(linear, 2)), 0);
}

/* --- What the SDM leaves open --- */

static bool allows(enum model_access_kind kind, enum model_event event, u64 code, u64 physical)
{
	struct model_access access = access_of(kind);
	struct model_outcome outcome = { event, code, gpa(physical), gla(linear) };

	return model_allows(&world, &access, &outcome, &predicted);
}

#define FINAL_CODE (VIOLATION_LINEAR_VALID | VIOLATION_LINEAR_TRANSLATION \
		    | VIOLATION_USER_ADDRESS | VIOLATION_READ_WRITE_PAGE)
#define FLAG_CODE (VIOLATION_LINEAR_VALID | VIOLATION_WRITE | VIOLATION_READABLE \
		   | VIOLATION_EXECUTABLE)

static void an_accessed_flag_may_be_set_before_or_after_a_fault_further_down(void **state)
{
	u64 pml4e = guest_where(linear, 4);

	(void)state;
	guest_put(linear, 4, guest_get(linear, 4) & ~(u64)PAGING_A);
	guest_put(linear, 1, 0);
	*ept(pml4e, EPT_PT) &= ~(u64)EPT_WRITE;
	assert_true(allows(MODEL_READ, MODEL_EPT_VIOLATION, FLAG_CODE, pml4e));
	assert_true(allows(MODEL_READ, MODEL_PAGE_FAULT, 0, 0));
	assert_false(allows(MODEL_READ, MODEL_PAGE_FAULT, FAULT_P, 0));
	assert_false(allows(MODEL_READ, MODEL_COMPLETES, 0, 0));
}

static void a_flag_may_be_set_before_or_after_the_page_itself_is_refused(void **state)
{
	u64 pte = guest_where(linear, 1);

	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)PAGING_D);
	*ept(pte, EPT_PT) &= ~(u64)EPT_WRITE;
	*ept(data, EPT_PT) = 0;
	assert_true(allows(MODEL_WRITE, MODEL_EPT_VIOLATION, FLAG_CODE, pte));
	assert_true(allows(MODEL_WRITE, MODEL_EPT_VIOLATION, FLAG_CODE | VIOLATION_READ, pte));
	assert_true(allows(MODEL_WRITE, MODEL_EPT_VIOLATION, VIOLATION_WRITE | FINAL_CODE, data));
	assert_false(allows(MODEL_READ, MODEL_EPT_VIOLATION, FLAG_CODE, pte));
}

static void what_is_not_allowed_leaves_the_prediction_without_choices(void **state)
{
	u64 pte = guest_where(linear, 1);

	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)PAGING_D);
	*ept(pte, EPT_PT) &= ~(u64)EPT_WRITE;
	*ept(data, EPT_PT) = 0;
	assert_false(allows(MODEL_WRITE, MODEL_COMPLETES, 0, 0));
	assert_int_equal(predicted.outcome.physical.raw, pte);
}

/* A write that the guest does not permit is a page fault, unless the accessed flag comes first. */
static void an_accessed_flag_may_be_set_before_or_after_access_rights_are_looked_at(void **state)
{
	u64 pte = guest_where(linear, 1);

	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)(PAGING_A | PAGING_RW));
	*ept(pte, EPT_PT) &= ~(u64)EPT_WRITE;
	assert_true(allows(MODEL_WRITE, MODEL_EPT_VIOLATION, FLAG_CODE, pte));
	assert_true(allows(MODEL_WRITE, MODEL_PAGE_FAULT, FAULT_P | FAULT_WR, 0));
}

static void a_flag_that_nothing_lets_be_set_is_a_violation_in_the_end(void **state)
{
	(void)state;
	guest_put(linear, 3, guest_get(linear, 3) & ~(u64)PAGING_A);
	*ept(guest_where(linear, 3), EPT_PT) &= ~(u64)EPT_WRITE;
	for (unsigned choices = 0; choices <= MODEL_CHOICES; choices++) {
		struct model_access access = access_of(MODEL_READ);

		predict_access(access, choices);
		expect_refused_flag(3);
		assert_int_equal(predicted.page_count, choices & MODEL_FLAGS_AFTER_ACCESS
					&& choices & MODEL_ACCESSED_AFTER_WALK ? 1 : 0);
	}
	assert_false(allows(MODEL_READ, MODEL_COMPLETES, 0, 0));
}

static void what_an_access_marks_does_not_depend_on_choices_if_it_completes(void **state)
{
	struct model_access access = access_of(MODEL_WRITE);

	(void)state;
	clear_guest_flags();
	for (unsigned choices = 0; choices <= MODEL_CHOICES; choices++) {
		predict_access(access, choices);
		assert_int_equal(predicted.outcome.event, MODEL_COMPLETES);
		assert_int_equal(predicted.update_count, 4);
		assert_int_equal(marks_at(guest_host(linear, 1)), PAGING_A | PAGING_D);
	}
}

static void an_entry_of_an_access_that_completes_must_have_its_flags(void **state)
{
	hpa_t pte = hpa(guest_host(linear, 1));

	(void)state;
	clear_guest_flags();
	expect_completes(MODEL_WRITE);
	assert_true(model_allows_entry(&predicted, pte, 7, 7 | PAGING_A | PAGING_D));
	assert_false(model_allows_entry(&predicted, pte, 7, 7 | PAGING_A));
	assert_false(model_allows_entry(&predicted, pte, 7, 7));
	assert_false(model_allows_entry(&predicted, pte, 7, 7 | PAGING_A | PAGING_D | BIT(9)));
	for (unsigned level = 2; level <= 4; level++) {
		hpa_t upper = hpa(guest_host(linear, level));

		assert_true(model_allows_entry(&predicted, upper, 7, 7 | PAGING_A));
		assert_false(model_allows_entry(&predicted, upper, 7, 7));
	}
	assert_true(model_allows_entry(&predicted, hpa(8), 7, 7));
	assert_false(model_allows_entry(&predicted, hpa(8), 6, 7));
	assert_false(model_allows_entry(&predicted, hpa(8), 7, 7 | PAGING_A));
}

static void an_entry_of_an_access_that_ends_early_may_have_its_flags_or_not(void **state)
{
	hpa_t pde = hpa(guest_host(linear, 2)), pte = hpa(guest_host(linear, 1));

	(void)state;
	clear_guest_flags();
	guest_put(linear, 1, 0);
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_PAGE_FAULT);
	assert_true(model_allows_entry(&predicted, pde, 7, 7));
	assert_true(model_allows_entry(&predicted, pde, 7, 7 | PAGING_A));
	assert_false(model_allows_entry(&predicted, pde, 7, 7 | PAGING_D));
	assert_false(model_allows_entry(&predicted, pde, 7, 3));
	assert_false(model_allows_entry(&predicted, pde, 7 | PAGING_A, 7));
	assert_false(model_allows_entry(&predicted, pte, 0, PAGING_A));
}

static void nothing_is_left_of_an_earlier_prediction(void **state)
{
	struct model_access access = access_of(MODEL_READ);
	hpa_t pte = hpa(guest_host(linear, 1));

	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)PAGING_A);
	for (unsigned i = 0; i < 2; i++) {
		model_predict(&world, &access, 0, &predicted);
		assert_int_equal(predicted.update_count, 1);
	}
	guest_put(linear, 1, guest_get(linear, 1) | PAGING_A);
	model_predict(&world, &access, 0, &predicted);
	assert_false(model_allows_entry(&predicted, pte, 7, 7 | PAGING_A));
}

/* --- Of EPT --- */

static void without_bit_6_of_the_eptp_no_ept_entry_is_marked(void **state)
{
	(void)state;
	for (unsigned k = 0; k < COUNT(kinds); k++) {
		expect_completes(kinds[k]);
		assert_int_equal(predicted.update_count, 0);
	}
	*ept(data, EPT_PT) = 0;
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
	assert_int_equal(predicted.update_count, 0);
}

static void accessed_is_set_in_all_ept_entries_and_dirty_by_writes_in_the_last(void **state)
{
	(void)state;
	for (unsigned k = 0; k < COUNT(kinds); k++) {
		with_flags(state);
		set_ept_flags_of_tables();
		expect_completes(kinds[k]);
		assert_int_equal(marks_at(ept_where(data, EPT_PT)),
				 EPT_ACCESSED | (writes(kinds[k]) ? EPT_DIRTY : 0));
		for (unsigned level = EPT_PD; level <= EPT_PML4; level++)
			assert_int_equal(marks_at(ept_where(data, level)), EPT_ACCESSED);
		assert_int_equal(predicted.update_count, 4);
	}
}

static void a_large_ept_page_gets_its_dirty_flag_where_it_is_mapped(void **state)
{
	(void)state;
	set_ept_flags_of_tables();
	for (unsigned level = EPT_PD; level <= EPT_PDPT; level++) {
		*ept(data, level) = EPT_RWX | EPT_LARGE | EPT_WB;
		expect_completes(MODEL_WRITE);
		assert_int_equal(marks_at(ept_where(data, level)), EPT_ACCESSED | EPT_DIRTY);
	}
}

/* "Thus, such an access will cause the processor to set the dirty flag in the EPT paging-structure
 * entry that identifies the final physical address of the guest paging-structure entry." */
static void a_read_dirties_the_pages_of_the_guests_paging_structures(void **state)
{
	(void)state;
	expect_completes(MODEL_READ);
	for (unsigned level = 1; level <= 4; level++)
		assert_int_equal(marks_at(ept_where(guest_where(linear, level), EPT_PT)),
				 EPT_ACCESSED | EPT_DIRTY);
	assert_int_equal(marks_at(ept_where(data, EPT_PT)), EPT_ACCESSED);
}

static void with_flags_a_guest_entry_that_may_not_be_written_cannot_be_used(void **state)
{
	(void)state;
	for (unsigned k = 0; k < COUNT(kinds); k++)
		for (unsigned level = 1; level <= 4; level++) {
			u64 *table = ept(guest_where(linear, level), EPT_PT);

			*table &= ~(u64)EPT_WRITE;
			predict(kinds[k]);
			assert_int_equal(predicted.outcome.event, MODEL_EPT_VIOLATION);
			assert_int_equal(predicted.outcome.physical.raw,
					 guest_where(linear, level));
			expect_code(VIOLATION_READ | VIOLATION_WRITE | VIOLATION_READABLE
					| VIOLATION_EXECUTABLE | VIOLATION_LINEAR_VALID,
				    VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED);
			*table |= EPT_WRITE;
		}
}

static void with_flags_a_guest_entry_that_is_not_there_was_read_and_written(void **state)
{
	(void)state;
	*ept(guest_where(linear, 2), EPT_PT) = 0;
	predict(MODEL_FETCH);
	expect_code(VIOLATION_READ | VIOLATION_WRITE | VIOLATION_LINEAR_VALID,
		    VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED);
}

static void a_refused_write_leaves_no_dirty_flag(void **state)
{
	(void)state;
	set_ept_flags_of_tables();
	*ept(data, EPT_PT) &= ~(u64)EPT_WRITE;
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_EPT_VIOLATION);
	assert_int_equal(marks_at(ept_where(data, EPT_PT)), EPT_ACCESSED);
}

static void an_ept_entry_that_cannot_be_used_is_not_marked(void **state)
{
	static const u64 bad[] = { 0, BIT(51) | EPT_RWX };

	(void)state;
	set_ept_flags_of_tables();
	for (unsigned i = 0; i < COUNT(bad); i++) {
		*ept(data, EPT_PT) = bad[i];
		assert_int_not_equal(predict(MODEL_READ)->outcome.event, MODEL_COMPLETES);
		assert_int_equal(marks_at(ept_where(data, EPT_PT)), 0);
		assert_int_equal(marks_at(ept_where(data, EPT_PD)), EPT_ACCESSED);
	}
}

static void an_ept_entry_that_is_used_twice_is_marked_once(void **state)
{
	(void)state;
	expect_completes(MODEL_READ);
	for (unsigned i = 0; i < predicted.update_count; i++)
		for (unsigned k = i + 1; k < predicted.update_count; k++)
			assert_int_not_equal(predicted.updates[i].entry.raw,
					     predicted.updates[k].entry.raw);
}

/* --- Page-modification logging --- */

static void expect_log(unsigned count, const u64 *pages)
{
	assert_int_equal(predicted.log_count, count);
	for (unsigned i = 0; i < count; i++) {
		assert_int_equal(predicted.log[i].page.raw, pages[i]);
		assert_int_equal(predicted.log[i].at.raw,
				 0x77000 + 8 * (world.controls.pml_index - i));
	}
	assert_int_equal(predicted.pml_index, (u16)(world.controls.pml_index - count));
}

static void each_page_that_becomes_dirty_is_logged_from_the_index_downwards(void **state)
{
	u64 pages[5];

	(void)state;
	for (unsigned level = 4; level >= 1; level--)
		pages[4 - level] = guest_where(linear, level) & ~BITS(11, 0);
	pages[4] = data & ~BITS(11, 0);
	expect_completes(MODEL_WRITE);
	expect_log(5, pages);
	expect_completes(MODEL_READ);
	expect_log(4, pages);
}

static void a_page_that_is_dirty_already_is_not_logged(void **state)
{
	(void)state;
	set_ept_flags_of_tables();
	set_ept_flags(data);
	expect_completes(MODEL_WRITE);
	expect_log(0, NULL);
}

/* Two of the guest's tables are on one large page, which becomes dirty only once. */
static void a_large_page_is_logged_with_the_address_that_dirtied_it(void **state)
{
	u64 first = guest_where(linear, 4) & ~BITS(11, 0);

	(void)state;
	set_ept_flags(data);
	*ept(first, EPT_PD) = EPT_RWX | EPT_LARGE | EPT_WB;
	expect_completes(MODEL_READ);
	expect_log(1, &first);
}

static void nothing_is_logged_unless_enabled(void **state)
{
	(void)state;
	world.controls.enable_pml = false;
	world.controls.pml_index = 0xffff;
	expect_completes(MODEL_WRITE);
	assert_int_equal(predicted.log_count, 0);
	assert_int_equal(predicted.pml_index, 0xffff);
}

static void with_a_full_log_an_access_that_would_mark_ends(void **state)
{
	static const u16 full[] = { 512, 513, 0x7fff, 0xffff };

	(void)state;
	for (unsigned i = 0; i < COUNT(full); i++) {
		world.controls.pml_index = full[i];
		assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_PML_FULL);
		assert_int_equal(predicted.undefined, ~0ul);
		assert_int_equal(predicted.update_count, 0);
		assert_int_equal(predicted.page_count, 0);
	}
}

/* "... first needs to set an accessed or dirty flag": an accessed flag is enough. */
static void with_a_full_log_an_accessed_flag_is_enough_to_end(void **state)
{
	(void)state;
	world.controls.pml_index = 512;
	set_ept_flags_of_tables();
	set_ept_flags(data);
	expect_completes(MODEL_WRITE);
	assert_int_equal(predicted.undefined, 0);
	for (unsigned level = EPT_PT; level <= EPT_PML4; level++) {
		*ept(data, level) &= ~(u64)EPT_ACCESSED;
		assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_PML_FULL);
		*ept(data, level) |= EPT_ACCESSED;
	}
}

/* All of the guest's tables are on one large page, so one free entry of the log is enough. */
static void what_an_access_has_marked_itself_needs_no_entry_again(void **state)
{
	u64 first = guest_where(linear, 4) & ~BITS(11, 0);

	(void)state;
	set_ept_flags(data);
	*ept(first, EPT_PD) = EPT_RWX | EPT_LARGE | EPT_WB;
	*ept(first, EPT_PML4) &= ~(u64)EPT_ACCESSED;
	world.controls.pml_index = 0;
	expect_completes(MODEL_READ);
	expect_log(1, &first);
	assert_int_equal(predicted.pml_index, 0xffff);
}

static void the_last_free_entry_can_be_used_and_then_the_log_is_full(void **state)
{
	u64 page = data & ~BITS(11, 0);

	(void)state;
	set_ept_flags_of_tables();
	world.controls.pml_index = 0;
	expect_completes(MODEL_WRITE);
	expect_log(1, &page);
	*ept(guest_where(linear, 1), EPT_PT) &= ~(u64)EPT_DIRTY;
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_PML_FULL);
	assert_int_equal(predicted.log_count, 1);
}

static void a_violation_comes_before_a_full_log(void **state)
{
	(void)state;
	set_ept_flags_of_tables();
	world.controls.pml_index = 512;
	*ept(data, EPT_PT) &= ~(u64)EPT_WRITE;
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_EPT_VIOLATION);
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_PML_FULL);
}

static const struct CMUnitTest tests[] = {
#define IN(setup, test) cmocka_unit_test_setup(test, setup)
	cmocka_unit_test(accessed_is_set_in_all_guest_entries_and_dirty_by_writes_in_the_last),
	IN(four_level, a_large_guest_page_gets_its_dirty_flag_where_it_is_mapped),
	IN(four_level, flags_that_are_set_already_are_not_written),
	IN(four_level, an_accessed_flag_on_a_page_that_may_not_be_written_stops_all),
	IN(four_level, a_dirty_flag_on_a_page_that_may_not_be_written_stops_writes),
	IN(four_level, no_dirty_flag_is_set_for_a_write_that_the_guest_refuses),
	IN(four_level, an_entry_that_cannot_be_used_is_not_marked),
	IN(four_level, an_accessed_flag_may_be_set_before_or_after_a_fault_further_down),
	IN(four_level, a_flag_may_be_set_before_or_after_the_page_itself_is_refused),
	IN(four_level, what_is_not_allowed_leaves_the_prediction_without_choices),
	IN(four_level, an_accessed_flag_may_be_set_before_or_after_access_rights_are_looked_at),
	IN(four_level, a_flag_that_nothing_lets_be_set_is_a_violation_in_the_end),
	IN(four_level, what_an_access_marks_does_not_depend_on_choices_if_it_completes),
	IN(four_level, an_entry_of_an_access_that_completes_must_have_its_flags),
	IN(four_level, an_entry_of_an_access_that_ends_early_may_have_its_flags_or_not),
	IN(four_level, nothing_is_left_of_an_earlier_prediction),
	IN(four_level, without_bit_6_of_the_eptp_no_ept_entry_is_marked),
	IN(with_flags, accessed_is_set_in_all_ept_entries_and_dirty_by_writes_in_the_last),
	IN(with_flags, a_large_ept_page_gets_its_dirty_flag_where_it_is_mapped),
	IN(with_flags, a_read_dirties_the_pages_of_the_guests_paging_structures),
	IN(with_flags, with_flags_a_guest_entry_that_may_not_be_written_cannot_be_used),
	IN(with_flags, with_flags_a_guest_entry_that_is_not_there_was_read_and_written),
	IN(with_flags, a_refused_write_leaves_no_dirty_flag),
	IN(with_flags, an_ept_entry_that_cannot_be_used_is_not_marked),
	IN(with_flags, an_ept_entry_that_is_used_twice_is_marked_once),
	IN(with_log, each_page_that_becomes_dirty_is_logged_from_the_index_downwards),
	IN(with_log, a_page_that_is_dirty_already_is_not_logged),
	IN(with_log, a_large_page_is_logged_with_the_address_that_dirtied_it),
	IN(with_log, nothing_is_logged_unless_enabled),
	IN(with_log, with_a_full_log_an_access_that_would_mark_ends),
	IN(with_log, with_a_full_log_an_accessed_flag_is_enough_to_end),
	IN(with_log, what_an_access_has_marked_itself_needs_no_entry_again),
	IN(with_log, the_last_free_entry_can_be_used_and_then_the_log_is_full),
	IN(with_log, a_violation_comes_before_a_full_log),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
