/* model_ept_test.c -- the model's EPT against the SDM (vol. 3, "EPT Translation Mechanism", "EPT
 * Misconfigurations", "EPT Violations", table "Exit Qualification for EPT Violations")
 * links: tests/model/access.c tests/model/access_rights.c tests/model/ept.c tests/model/flags.c
 * links: tests/model/guest_paging.c tests/model/sub_page.c tests/model/walk.c
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

/* --- Entries --- */

/* What a read leads to if this entry translates `data` at the level. */
static enum model_event event_with(u64 entry, unsigned level)
{
	*ept(data, level) = entry;
	return predict(MODEL_READ)->outcome.event;
}

static void expect_legal(u64 entry, unsigned level)
{
	assert_int_equal(event_with(entry, level), MODEL_COMPLETES);
}

static void expect_illegal(u64 entry, unsigned level)
{
	assert_int_equal(event_with(entry, level), MODEL_EPT_MISCONFIGURATION);
	assert_int_equal(predicted.outcome.physical.raw, data);
	assert_int_equal(predicted.outcome.code, 0);
	assert_int_equal(predicted.undefined, 0);
}

/* Sets each further bit of a legal entry by itself: it must be one of `reserved`, or harmless. */
static void expect_reserved(u64 entry, unsigned level, u64 reserved, u64 skipped)
{
	for (unsigned bit = 3; bit < 64; bit++) {
		if (skipped & BIT(bit) || entry & BIT(bit))
			continue;
		if (reserved & BIT(bit))
			expect_illegal(entry | BIT(bit), level);
		else
			expect_legal(entry | BIT(bit), level);
	}
	*ept(data, level) = entry;
}

/* Address bits within the physical width lead elsewhere; those beyond it are reserved. */
#define BEYOND_WIDTH BITS(51, world.processor.physical_width)
#define WITHIN_WIDTH (BITS(51, 12) & ~BEYOND_WIDTH)

static void each_reserved_bit_of_an_entry_that_references_a_table_misconfigures(void **state)
{
	(void)state;
	expect_reserved(*ept(data, EPT_PD), EPT_PD, BITS(6, 3) | BEYOND_WIDTH,
			EPT_LARGE | WITHIN_WIDTH);
	expect_reserved(*ept(data, EPT_PDPT), EPT_PDPT, BITS(6, 3) | BEYOND_WIDTH,
			EPT_LARGE | WITHIN_WIDTH);
	expect_reserved(*ept(data, EPT_PML4), EPT_PML4, BITS(7, 3) | BEYOND_WIDTH, WITHIN_WIDTH);
}

static void every_reserved_bit_of_a_pml5_entry_misconfigures(void **state)
{
	(void)state;
	new_world(CR4_PAE, EFER_LMA | EFER_NXE, 5);
	expect_reserved(*ept(data, EPT_PML5), EPT_PML5, BITS(7, 3) | BEYOND_WIDTH, WITHIN_WIDTH);
}

/* Memory types are left out: WB is 6, so bit 3 would make it 7. */
static void every_reserved_bit_of_an_entry_that_maps_a_page_misconfigures(void **state)
{
	u64 pages = EPT_RWX | EPT_LARGE;

	(void)state;
	expect_reserved(EPT_RWX | EPT_WB, EPT_PT, BEYOND_WIDTH, EPT_MEMORY_TYPE);
	expect_reserved(pages | EPT_WB, EPT_PD, BITS(20, 12) | BEYOND_WIDTH, EPT_MEMORY_TYPE);
	expect_reserved(pages | EPT_WB, EPT_PDPT, BITS(29, 12) | BEYOND_WIDTH, EPT_MEMORY_TYPE);
}

static void address_bits_up_to_the_physical_width_are_not_reserved(void **state)
{
	(void)state;
	for (u8 width = 40; width <= 52; width++) {
		world.processor.physical_width = width;
		for (unsigned bit = 32; bit < 52; bit++)
			if (bit < width)
				expect_legal(BIT(bit) | EPT_RWX | EPT_WB, EPT_PT);
			else
				expect_illegal(BIT(bit) | EPT_RWX | EPT_WB, EPT_PT);
	}
}

static void memory_types_2_3_and_7_misconfigure_an_entry_that_maps_a_page(void **state)
{
	(void)state;
	for (u64 type = 0; type < 8; type++)
		for (unsigned level = EPT_PT; level <= EPT_PDPT; level++) {
			u64 entry = EPT_RWX | type << 3 | (level > EPT_PT ? EPT_LARGE : 0);

			if (type == 2 || type == 3 || type == 7)
				expect_illegal(entry, level);
			else
				expect_legal(entry, level);
			new_world(CR4_PAE, EFER_LMA | EFER_NXE, 4);
		}
}

static void a_page_that_the_processor_does_not_offer_misconfigures(void **state)
{
	(void)state;
	world.processor.ept_1g = false;
	expect_illegal(EPT_RWX | EPT_LARGE | EPT_WB, EPT_PDPT);
	expect_illegal(EPT_RWX | EPT_LARGE, EPT_PDPT);
	new_world(CR4_PAE, EFER_LMA | EFER_NXE, 4);
	world.processor.ept_2m = false;
	expect_illegal(EPT_RWX | EPT_LARGE, EPT_PD);
}

/* --- Permissions --- */

static const char *const combinations[8] = {
	"---", "r--", "-w-", "rw-", "--x", "r-x", "-wx", "rwx",
};

/* "EPT Misconfigurations": what is not readable may not be writable, and executable only if
 * offered. */
static bool is_legal(unsigned permissions, bool execute_only)
{
	switch (permissions) {
	case EPT_WRITE:
	case EPT_WRITE | EPT_EXECUTE:
		return false;
	case EPT_EXECUTE:
		return execute_only;
	default:
		return true;
	}
}

static bool is_allowed(unsigned permissions, enum model_access_kind kind)
{
	switch (kind) {
	case MODEL_READ:
		return combinations[permissions][0] == 'r';
	case MODEL_FETCH:
		return combinations[permissions][2] == 'x';
	default:
		return combinations[permissions][1] == 'w' && combinations[permissions][0] == 'r';
	}
}

static u64 bits_of_kind(enum model_access_kind kind)
{
	switch (kind) {
	case MODEL_READ:
		return VIOLATION_READ;
	case MODEL_WRITE:
		return VIOLATION_WRITE;
	case MODEL_FETCH:
		return VIOLATION_FETCH;
	default:
		return VIOLATION_READ | VIOLATION_WRITE;
	}
}

/* What the qualification tells of a page that user mode may read, write and execute. */
#define ADVANCED (VIOLATION_USER_ADDRESS | VIOLATION_READ_WRITE_PAGE)
#define FINAL    (VIOLATION_LINEAR_VALID | VIOLATION_LINEAR_TRANSLATION | ADVANCED)

static void expect_as_permitted(unsigned permissions, enum model_access_kind kind)
{
	bool legal = is_legal(permissions, world.processor.execute_only);
	enum model_event event = predict(kind)->outcome.event;

	if (!legal) {
		assert_int_equal(event, MODEL_EPT_MISCONFIGURATION);
	} else if (is_allowed(permissions, kind)) {
		assert_int_equal(event, MODEL_COMPLETES);
	} else {
		assert_int_equal(event, MODEL_EPT_VIOLATION);
		expect_code(bits_of_kind(kind) | permissions << 3 | FINAL,
			    kind == MODEL_READ_MODIFY_WRITE
				    ? VIOLATION_USER_EXECUTABLE | VIOLATION_READ
				    : VIOLATION_USER_EXECUTABLE);
		assert_int_equal(predicted.outcome.physical.raw, data);
		assert_int_equal(predicted.outcome.linear.raw, linear);
	}
}

static void each_combination_of_permissions_allows_what_it_says_at_each_level(void **state)
{
	(void)state;
	for (unsigned execute_only = 0; execute_only <= 1; execute_only++)
		for (unsigned level = EPT_PT; level <= EPT_PML4; level++)
			for (unsigned permissions = 0; permissions < 8; permissions++)
				for (unsigned i = 0; i < COUNT(kinds); i++) {
					u64 *entry = ept(data, level), before = *entry;

					world.processor.execute_only = execute_only;
					*entry = (before & ~EPT_RWX) | permissions;
					expect_as_permitted(permissions, kinds[i]);
					*entry = before;
				}
}

static void what_is_allowed_is_what_all_levels_allow(void **state)
{
	(void)state;
	*ept(data, EPT_PT) &= ~(u64)EPT_WRITE;
	*ept(data, EPT_PDPT) &= ~(u64)EPT_EXECUTE;
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_EPT_VIOLATION);
	expect_code(VIOLATION_WRITE | VIOLATION_READABLE | FINAL, VIOLATION_USER_EXECUTABLE);
	assert_int_equal(predict(MODEL_FETCH)->outcome.event, MODEL_EPT_VIOLATION);
	expect_code(VIOLATION_FETCH | VIOLATION_READABLE | FINAL, VIOLATION_USER_EXECUTABLE);
	expect_completes(MODEL_READ);
}

static void an_entry_that_is_not_present_may_hold_anything_else(void **state)
{
	(void)state;
	for (unsigned level = EPT_PT; level <= EPT_PML4; level++) {
		u64 *entry = ept(data, level), before = *entry;

		*entry = ~(u64)(EPT_READ | EPT_WRITE | EPT_EXECUTE);
		assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
		expect_code(VIOLATION_READ | FINAL, VIOLATION_USER_EXECUTABLE);
		*entry = before;
	}
}

/* --- Which comes first --- */

static void an_entry_that_is_not_present_takes_away_what_those_above_allow(void **state)
{
	(void)state;
	*ept(data, EPT_PML4) &= ~(u64)EPT_WRITE;
	*ept(data, EPT_PT) = 0;
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_EPT_VIOLATION);
	expect_code(VIOLATION_WRITE | FINAL, VIOLATION_USER_EXECUTABLE);
}

static void a_misconfigured_lower_entry_wins_over_permissions_of_an_upper_one(void **state)
{
	(void)state;
	*ept(data, EPT_PML4) &= ~(u64)EPT_WRITE;
	*ept(data, EPT_PT) |= BIT(51);
	assert_int_equal(predict(MODEL_WRITE)->outcome.event, MODEL_EPT_MISCONFIGURATION);
}

static void the_first_entry_from_the_top_that_cannot_be_used_decides(void **state)
{
	(void)state;
	for (unsigned level = EPT_PML4; level >= EPT_PD; level--) {
		u64 *upper = ept(data, level), *lower = ept(data, level - 1);
		u64 upper_before = *upper, lower_before = *lower;

		*upper |= BIT(51);
		*lower = 0;
		assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_MISCONFIGURATION);
		*upper = 0;
		*lower = lower_before | BIT(51);
		assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
		*upper = upper_before;
		*lower = lower_before;
	}
}

/* --- Rows of "Exit Qualification for EPT Violations" that nothing above has --- */

static void bits_9_to_11_tell_of_the_guests_page_where_that_is_offered(void **state)
{
	static const struct { u64 page, code; } rows[] = {
		{ PAGING_US | PAGING_RW, VIOLATION_USER_ADDRESS | VIOLATION_READ_WRITE_PAGE },
		{ PAGING_US, VIOLATION_USER_ADDRESS },
		{ PAGING_RW, VIOLATION_READ_WRITE_PAGE },
		{ PAGING_XD, VIOLATION_EXECUTE_DISABLE },
		{ 0, 0 },
	};

	(void)state;
	world.guest.cr0 &= ~(u64)CR0_WP;
	*ept(data, EPT_PT) = 0;
	for (unsigned i = 0; i < COUNT(rows); i++)
		for (unsigned level = 1; level <= 4; level++) {
			u64 before = guest_get(linear, level);

			guest_put(linear, level,
				  (before & ~(u64)(PAGING_US | PAGING_RW)) | rows[i].page);
			predict(MODEL_WRITE);
			expect_code(VIOLATION_WRITE | (FINAL & ~ADVANCED) | rows[i].code,
				    VIOLATION_USER_EXECUTABLE);
			guest_put(linear, level, before);
		}
}

static void bits_9_to_11_are_undefined_where_that_is_not_offered(void **state)
{
	(void)state;
	world.processor.advanced_information = false;
	*ept(data, EPT_PT) = 0;
	predict(MODEL_READ);
	expect_code(VIOLATION_READ | FINAL, VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED);
	predict(MODEL_READ_MODIFY_WRITE);
	expect_code(VIOLATION_WRITE | FINAL,
		    VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED | VIOLATION_READ);
}

static void bits_9_to_11_without_paging_are_those_of_a_user_mode_page(void **state)
{
	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) | PAGING_XD);
	predict(MODEL_READ);
	world.guest.cr0 = CR0_PE;
	world.guest.in_64bit_mode = false;
	*ept((u32)linear, EPT_PT) = 0;
	predict(MODEL_FETCH);
	expect_code(VIOLATION_FETCH | FINAL, VIOLATION_USER_EXECUTABLE);
	assert_int_equal(predicted.outcome.physical.raw, (u32)linear);
	assert_int_equal(predicted.outcome.linear.raw, (u32)linear);
}

static void bits_above_those_of_the_table_are_clear(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = 0;
	assert_int_equal(predict(MODEL_READ)->outcome.code & BITS(63, 12), 0);
	assert_int_equal(predicted.undefined & (BITS(63, 15) | BIT(13)), 0);
}

static void a_guest_that_is_not_in_64_bit_mode_has_32_bits_of_linear_address(void **state)
{
	struct model_access access = access_of(MODEL_READ);

	(void)state;
	new_world(CR4_PAE, EFER_NXE, 4);
	*ept(data, EPT_PT) = 0;
	access.linear = gla(linear | 0xabcdul << 32);
	predict_access(access, 0);
	assert_int_equal(predicted.outcome.event, MODEL_EPT_VIOLATION);
	assert_int_equal(predicted.outcome.linear.raw, linear);
}

/* "Information for VM Exits": the PDPTEs are not loaded by a linear address. */
static void a_load_of_the_pdptes_has_no_linear_address(void **state)
{
	(void)state;
	new_world(CR4_PAE, EFER_NXE, 4);
	world.guest.cr3 = ~0ul;
	assert_int_equal(predict(MODEL_LOAD_PDPTES)->outcome.event, MODEL_EPT_VIOLATION);
	expect_code(VIOLATION_READ, VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED);
	assert_int_equal(predicted.outcome.physical.raw, 0xffffffe0);
	assert_int_equal(predicted.page_count, 0);
}

static void a_load_of_the_pdptes_is_a_read_even_with_accessed_and_dirty_flags(void **state)
{
	(void)state;
	new_world(CR4_PAE, EFER_NXE, 4);
	world.guest.cr3 = 0x7777ff00;
	world.controls.eptp |= EPTP_ACCESSED_DIRTY;
	*ept(0x7777ff00, EPT_PT) = new_page() | EPT_READ | EPT_WB | EPT_ACCESSED;
	expect_completes(MODEL_LOAD_PDPTES);
	assert_int_equal(predicted.page_count, 1);
	assert_int_equal(predicted.pages[0].address.raw,
			 (*ept(0x7777ff00, EPT_PT) & EPT_ADDRESS) | 0xf00);
	for (unsigned i = 0; i < predicted.update_count; i++)
		assert_int_equal(predicted.updates[i].bits, EPT_ACCESSED);
}

/* --- Addresses --- */

static void expect_page(u64 address, unsigned type, bool ignore_pat)
{
	expect_completes(MODEL_READ);
	assert_int_equal(predicted.page_count, 1);
	assert_int_equal(predicted.pages[0].address.raw, address);
	assert_int_equal(predicted.pages[0].memory_type, type);
	assert_int_equal(predicted.pages[0].ignore_pat, ignore_pat);
}

static void a_page_of_each_size_gives_the_host_physical_address(void **state)
{
	(void)state;
	for (unsigned bit = 0; bit < 30; bit++) {
		u64 offset = BIT(bit), address = (data & ~BITS(29, 0)) | offset;

		new_world(CR4_PAE, EFER_LMA | EFER_NXE, 4);
		linear = (linear & ~BITS(11, 0)) | (offset & BITS(11, 0));
		guest_put(linear, 1, (address & PAGING_ADDRESS) | GUEST_USER);
		*ept(address, EPT_PT) = 0x1a0000000 | EPT_RWX | EPT_WB;
		expect_page(0x1a0000000 | (offset & BITS(11, 0)), 6, false);
		*ept(address, EPT_PD) = 0x1a0000000 | EPT_RWX | EPT_LARGE | EPT_IGNORE_PAT;
		expect_page(0x1a0000000 | (offset & BITS(20, 0)), 0, true);
		*ept(address, EPT_PDPT) = 0x180000000 | EPT_RWX | EPT_LARGE | 4 << 3;
		expect_page(0x180000000 | offset, 4, false);
	}
}

static void five_levels_translate_what_four_cannot(void **state)
{
	(void)state;
	new_world(CR4_PAE, EFER_LMA | EFER_NXE, 5);
	assert_true(data >> 48);
	*ept(data, EPT_PT) = 0xbbbb0000 | EPT_RWX | EPT_WB;
	expect_page(0xbbbb0000 | (data & BITS(11, 0)), 6, false);
	*ept(data, EPT_PML5) = 0;
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
}

/* With the same index at all levels, four of five levels would lead to something. */
static void no_level_of_five_is_left_out(void **state)
{
	u64 same = 3ul << 48 | 3ul << 39 | 3ul << 30 | 3ul << 21 | 3ul << 12;

	(void)state;
	new_world(CR4_PAE, EFER_LMA | EFER_NXE, 5);
	linear |= 1;
	guest_put(linear, 1, same | GUEST_USER);
	*ept(same, EPT_PT) = 0xbbbb0000 | EPT_RWX | EPT_WB;
	expect_page(0xbbbb0000 | (linear & BITS(11, 0)), 6, false);
}

static void an_address_wider_than_four_levels_is_allowed_nothing(void **state)
{
	(void)state;
	world.processor.physical_width = 52;
	for (unsigned bit = 48; bit < 52; bit++) {
		guest_put(linear, 1, BIT(bit) | (data & PAGING_ADDRESS) | GUEST_USER);
		assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
		expect_code(VIOLATION_READ | FINAL, VIOLATION_USER_EXECUTABLE);
		assert_int_equal(predicted.outcome.physical.raw, BIT(bit) | data);
	}
}

static void a_walk_that_leaves_the_memory_is_no_prediction(void **state)
{
	(void)state;
	*ept(data, EPT_PD) = sizeof(world_memory) | EPT_RWX;
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_BEYOND_MEMORY);
}

static void the_memory_can_be_read_up_to_its_end(void **state)
{
	u64 end = 0;

	(void)state;
	for (unsigned level = EPT_PT; level <= EPT_PML4; level++) {
		u64 at = ept_where(data, level);

		end = at > end ? at : end;
	}
	world.memory.size = end + sizeof(u64);
	expect_completes(MODEL_READ);
	world.memory.size--;
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_BEYOND_MEMORY);
}

/* --- "mode-based execute control for EPT" --- */

static int mode_based(void **state)
{
	four_level(state);
	world.controls.mode_based_execute = true;
	return 0;
}

static void bit_10_alone_makes_an_entry_present_with_mode_based_execute(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = EPT_USER_EXECUTE | EPT_WB;
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
	expect_code(VIOLATION_READ | VIOLATION_USER_EXECUTABLE | FINAL, 0);
	expect_illegal(EPT_USER_EXECUTE | EPT_WB | BIT(51), EPT_PT);
	world.controls.mode_based_execute = false;
	*ept(data, EPT_PT) = EPT_USER_EXECUTE | BIT(51);
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
}

/* Bit 10 decides over fetches from user-mode linear addresses, bit 2 over those from
 * supervisor-mode ones. */
static void a_fetch_takes_the_bit_of_the_mode_of_its_address(void **state)
{
	u64 table = guest_get(linear, 2);

	(void)state;
	for (unsigned user = 0; user <= 1; user++)
		for (unsigned bits = 0; bits < 4; bits++) {
			u64 entry = (bits & 1 ? EPT_EXECUTE : 0)
				| (bits & 2 ? EPT_USER_EXECUTE : 0);
			bool allowed = user ? bits & 2 : bits & 1;

			guest_put(linear, 2, user ? table : table & ~(u64)PAGING_US);
			*ept(data, EPT_PT) = EPT_READ | EPT_WB | entry;
			assert_int_equal(predict(MODEL_FETCH)->outcome.event,
					 allowed ? MODEL_COMPLETES : MODEL_EPT_VIOLATION);
		}
}

static void a_fetch_without_paging_is_from_a_user_mode_address(void **state)
{
	(void)state;
	world.guest.cr0 = CR0_PE;
	world.guest.in_64bit_mode = false;
	*ept((u32)linear, EPT_PT) = EPT_READ | EPT_USER_EXECUTE | EPT_WB;
	expect_completes(MODEL_FETCH);
	*ept((u32)linear, EPT_PT) = EPT_READ | EPT_EXECUTE | EPT_WB;
	assert_int_equal(predict(MODEL_FETCH)->outcome.event, MODEL_EPT_VIOLATION);
}

static void bit_6_tells_what_user_mode_may_execute_at_all_levels(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = EPT_READ | EPT_USER_EXECUTE | EPT_WB;
	predict(MODEL_WRITE);
	expect_code(VIOLATION_WRITE | VIOLATION_READABLE | VIOLATION_USER_EXECUTABLE | FINAL, 0);
	*ept(data, EPT_PDPT) &= ~(u64)EPT_USER_EXECUTE;
	predict(MODEL_WRITE);
	expect_code(VIOLATION_WRITE | VIOLATION_READABLE | FINAL, 0);
	*ept(data, EPT_PDPT) |= EPT_USER_EXECUTE;
	*ept(data, EPT_PT) = 0;
	predict(MODEL_WRITE);
	expect_code(VIOLATION_WRITE | FINAL, 0);
}

static void user_execute_without_read_takes_execute_only(void **state)
{
	(void)state;
	for (unsigned bits = 1; bits < 4; bits++) {
		u64 entry = (bits & 1 ? EPT_EXECUTE : 0) | (bits & 2 ? EPT_USER_EXECUTE : 0);

		world.processor.execute_only = false;
		expect_illegal(entry | EPT_WB, EPT_PT);
		expect_illegal(entry | EPT_WRITE | EPT_WB, EPT_PT);
		world.processor.execute_only = true;
		assert_int_equal(event_with(entry | EPT_WB, EPT_PT), MODEL_EPT_VIOLATION);
		expect_illegal(entry | EPT_WRITE | EPT_WB, EPT_PT);
	}
}

int main(void)
{
#define IN(setup, test) cmocka_unit_test_setup(test, setup)
	const struct CMUnitTest tests[] = {
		IN(four_level, each_reserved_bit_of_an_entry_that_references_a_table_misconfigures),
		IN(four_level, every_reserved_bit_of_a_pml5_entry_misconfigures),
		IN(four_level, every_reserved_bit_of_an_entry_that_maps_a_page_misconfigures),
		IN(four_level, address_bits_up_to_the_physical_width_are_not_reserved),
		IN(four_level, memory_types_2_3_and_7_misconfigure_an_entry_that_maps_a_page),
		IN(four_level, a_page_that_the_processor_does_not_offer_misconfigures),
		IN(four_level, each_combination_of_permissions_allows_what_it_says_at_each_level),
		IN(four_level, what_is_allowed_is_what_all_levels_allow),
		IN(four_level, an_entry_that_is_not_present_may_hold_anything_else),
		IN(four_level, an_entry_that_is_not_present_takes_away_what_those_above_allow),
		IN(four_level, a_misconfigured_lower_entry_wins_over_permissions_of_an_upper_one),
		IN(four_level, the_first_entry_from_the_top_that_cannot_be_used_decides),
		IN(four_level, bits_9_to_11_tell_of_the_guests_page_where_that_is_offered),
		IN(four_level, bits_9_to_11_are_undefined_where_that_is_not_offered),
		IN(four_level, bits_9_to_11_without_paging_are_those_of_a_user_mode_page),
		IN(four_level, bits_above_those_of_the_table_are_clear),
		IN(four_level, a_guest_that_is_not_in_64_bit_mode_has_32_bits_of_linear_address),
		IN(four_level, a_load_of_the_pdptes_has_no_linear_address),
		IN(four_level, a_load_of_the_pdptes_is_a_read_even_with_accessed_and_dirty_flags),
		IN(four_level, a_page_of_each_size_gives_the_host_physical_address),
		IN(four_level, five_levels_translate_what_four_cannot),
		IN(four_level, no_level_of_five_is_left_out),
		IN(four_level, an_address_wider_than_four_levels_is_allowed_nothing),
		IN(four_level, a_walk_that_leaves_the_memory_is_no_prediction),
		IN(four_level, the_memory_can_be_read_up_to_its_end),
		IN(mode_based, bit_10_alone_makes_an_entry_present_with_mode_based_execute),
		IN(mode_based, a_fetch_takes_the_bit_of_the_mode_of_its_address),
		IN(mode_based, a_fetch_without_paging_is_from_a_user_mode_address),
		IN(mode_based, bit_6_tells_what_user_mode_may_execute_at_all_levels),
		IN(mode_based, user_execute_without_read_takes_execute_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
