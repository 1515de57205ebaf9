/* model_guest_test.c -- the model's guest paging against the SDM (vol. 3, "Paging"; "Prioritization
 * of EPT Misconfigurations and EPT Violations")
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

/* --- The guest's modes --- */

static int legacy(void **state)
{
	(void)state;
	new_world(CR4_PSE, 0, 4);
	return 0;
}

static int pae(void **state)
{
	(void)state;
	new_world(CR4_PAE, EFER_NXE, 4);
	return 0;
}

static int five_level(void **state)
{
	(void)state;
	new_world(CR4_PAE | CR4_LA57, EFER_LMA | EFER_NXE, 5);
	return 0;
}

static int (*const worlds[])(void **) = {
	legacy, pae, four_level, five_level,
};

/* --- Addresses --- */

static u64 host_page_of(u64 guest_physical)
{
	return *ept(guest_physical, EPT_PT) & EPT_ADDRESS;
}

static void expect_reaches(u64 guest_physical)
{
	expect_completes(MODEL_READ);
	assert_int_equal(predicted.pages[0].address.raw,
			 host_page_of(guest_physical) | (guest_physical & BITS(11, 0)));
}

static void a_linear_address_finds_its_page_in_every_mode(void **state)
{
	for (unsigned i = 0; i < COUNT(worlds); i++) {
		worlds[i](state);
		expect_reaches(data);
	}
}

/* Expects a page of 2^width bytes that the level maps to have its address from `page`, and its
 * offset from the linear address. */
static void expect_large_page(unsigned level, unsigned width, u64 page)
{
	u64 reached = page | (linear & BITS(width - 1, 0));

	guest_put(linear, level, page | GUEST_USER | PAGING_D | PAGING_PS);
	*ept(reached, EPT_PT) = new_page() | EPT_RWX | EPT_WB;
	expect_reaches(reached);
}

static void a_large_page_takes_its_offset_from_the_linear_address(void **state)
{
	legacy(state);
	expect_large_page(2, 22, 0x55400000);
	pae(state);
	expect_large_page(2, 21, 0x5555600000);
	four_level(state);
	expect_large_page(2, 21, 0x5555600000);
	four_level(state);
	expect_large_page(3, 30, 0x5540000000);
}

/* Table "Format of a 32-Bit Page-Directory Entry that Maps a 4-MByte Page". */
static void a_4m_page_has_bits_39_to_32_of_its_address_in_bits_20_to_13(void **state)
{
	u64 reached = 0xa555400000 | (linear & BITS(21, 0));

	(void)state;
	guest_put(linear, 2, 0x55400000 | 0xa5 << 13 | GUEST_USER | PAGING_PS);
	*ept(reached, EPT_PT) = new_page() | EPT_RWX | EPT_WB;
	expect_reaches(reached);
}

static void without_pse_there_are_no_4m_pages(void **state)
{
	u64 entry = guest_get(linear, 2);

	(void)state;
	world.guest.cr4 = 0;
	guest_put(linear, 2, entry | PAGING_PS);
	expect_reaches(data);
}

static void the_upper_half_of_cr3_is_ignored_in_32_bit_paging(void **state)
{
	(void)state;
	world.guest.cr3 |= 0xffffffff00000000;
	expect_reaches(data);
}

static void pae_paging_uses_the_pdpte_registers_and_not_cr3(void **state)
{
	(void)state;
	world.guest.cr3 = 0xdeadbe00;
	expect_reaches(data);
}

static void without_paging_the_linear_address_is_guest_physical(void **state)
{
	(void)state;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)(PAGING_A | PAGING_D));
	expect_completes(MODEL_READ);
	world.guest.cr0 = CR0_PE;
	world.guest.cpl = 3;
	*ept(linear, EPT_PT) = new_page() | EPT_RWX | EPT_WB;
	expect_reaches(linear);
	expect_completes(MODEL_WRITE);
	assert_int_equal(predicted.update_count, 0);
}

/* --- No translation --- */

static void expect_page_fault(enum model_access_kind kind, u64 code)
{
	assert_int_equal(predict(kind)->outcome.event, MODEL_PAGE_FAULT);
	assert_int_equal(predicted.outcome.code, code);
	assert_int_equal(predicted.outcome.linear.raw, linear);
}

static void an_entry_that_is_not_present_faults_whatever_else_it_holds(void **state)
{
	for (unsigned i = 0; i < COUNT(worlds); i++) {
		worlds[i](state);
		for (unsigned level = 1; level <= guest_levels(); level++) {
			u64 before = guest_get(linear, level);

			guest_put(linear, level, ~(u64)PAGING_P);
			expect_page_fault(MODEL_READ, 0);
			guest_put(linear, level, before);
		}
	}
}

static void a_pdpte_register_that_is_not_present_faults(void **state)
{
	(void)state;
	world.guest.pdpte[linear >> 30] &= ~(u64)PAGING_P;
	expect_page_fault(MODEL_READ, 0);
}

/* Sets each bit from 7 up by itself in the entry: it must be one of `reserved`, or harmless. */
static void expect_reserved(u64 entry, unsigned level, u64 reserved, u64 skipped)
{
	unsigned width = guest_entry_size() * 8;

	for (unsigned bit = 7; bit < width; bit++) {
		if (skipped & BIT(bit) || entry & BIT(bit))
			continue;
		guest_put(linear, level, entry | BIT(bit));
		if (reserved & BIT(bit))
			expect_page_fault(MODEL_READ, FAULT_P | FAULT_RSVD);
		else
			expect_completes(MODEL_READ);
	}
	guest_put(linear, level, entry);
}

static u64 beyond_width(void)
{
	return BITS(51, world.processor.physical_width);
}

/* Bits of the address that lead elsewhere. */
static u64 within_width(void)
{
	return BITS(51, 12) & ~beyond_width();
}

static void large_page_is_mapped(u64 page)
{
	*ept(page, EPT_PDPT) = EPT_RWX | EPT_LARGE | EPT_WB;
}

static void reserved_bits_with_32_bit_paging(void **state)
{
	u64 large = GUEST_USER | PAGING_PS;

	(void)state;
	expect_reserved(guest_get(linear, 1), 1, 0, BITS(31, 12));
	expect_reserved(guest_get(linear, 2), 2, 0, BITS(31, 12) | PAGING_PS);
	large_page_is_mapped(0);
	expect_reserved(large, 2, BIT(21), BITS(20, 13) | BITS(31, 22));
	for (u8 width = 32; width <= 40; width++) {
		world.processor.physical_width = width;
		expect_reserved(large, 2, BITS(21, width - 19),
				BITS(31, 22) | (width > 32 ? BITS(width - 20, 13) : 0));
	}
	world.processor.physical_width = 52;
	expect_reserved(large, 2, BIT(21), BITS(20, 13) | BITS(31, 22));
}

static void reserved_bits_with_pae_paging(void **state)
{
	(void)state;
	expect_reserved(guest_get(linear, 1), 1, BITS(62, 52) | beyond_width(), within_width());
	expect_reserved(guest_get(linear, 2), 2, BITS(62, 52) | beyond_width(),
			within_width() | PAGING_PS);
	large_page_is_mapped(0);
	expect_reserved(GUEST_USER | PAGING_PS, 2, BITS(62, 52) | beyond_width() | BITS(20, 13),
			BITS(51, 21) & ~beyond_width());
}

static void expect_reserved_in_long_mode(void)
{
	for (unsigned level = 1; level <= guest_levels(); level++)
		expect_reserved(guest_get(linear, level), level,
				beyond_width() | (level >= 4 ? PAGING_PS : 0),
				within_width() | (level == 2 || level == 3 ? PAGING_PS : 0));
	large_page_is_mapped(0);
	expect_reserved(GUEST_USER | PAGING_PS, 2, beyond_width() | BITS(20, 13),
			BITS(51, 21) & ~beyond_width());
	expect_reserved(GUEST_USER | PAGING_PS, 3, beyond_width() | BITS(29, 13),
			BITS(51, 30) & ~beyond_width());
}

static void reserved_bits_with_4_level_paging(void **state)
{
	(void)state;
	expect_reserved_in_long_mode();
}

static void reserved_bits_with_5_level_paging(void **state)
{
	(void)state;
	expect_reserved_in_long_mode();
}

static void execute_disable_is_reserved_without_nxe(void **state)
{
	for (unsigned i = 1; i < COUNT(worlds); i++) {
		worlds[i](state);
		world.guest.efer &= ~(u64)EFER_NXE;
		for (unsigned level = 1; level <= guest_levels(); level++) {
			u64 before = guest_get(linear, level);

			guest_put(linear, level, before | PAGING_XD);
			expect_page_fault(MODEL_READ, FAULT_P | FAULT_RSVD);
			guest_put(linear, level, before);
		}
	}
}

static void a_1g_page_that_the_processor_does_not_offer_is_reserved(void **state)
{
	(void)state;
	world.processor.pages_1g = false;
	guest_put(linear, 3, guest_get(linear, 3) | PAGING_PS);
	expect_page_fault(MODEL_READ, FAULT_P | FAULT_RSVD);
}

static void the_first_entry_from_the_top_that_cannot_be_used_decides(void **state)
{
	(void)state;
	for (unsigned level = 4; level >= 2; level--) {
		u64 before = guest_get(linear, level), below = guest_get(linear, level - 1);

		guest_put(linear, level - 1, 0);
		guest_put(linear, level, before | BIT(51));
		expect_page_fault(MODEL_READ, FAULT_P | FAULT_RSVD);
		guest_put(linear, level, before);
		guest_put(linear, level - 1, below | BIT(51));
		guest_put(linear, level, 0);
		expect_page_fault(MODEL_READ, 0);
		guest_put(linear, level, before);
		guest_put(linear, level - 1, below);
	}
}

/* --- Error codes --- */

static void the_error_code_tells_write_mode_and_fetch(void **state)
{
	static const struct { enum model_access_kind kind; u8 cpl; u64 cr4, efer, code; } rows[] = {
		{ MODEL_READ,  0, 0,         EFER_NXE, 0 },
		{ MODEL_WRITE, 0, 0,         EFER_NXE, FAULT_WR },
		{ MODEL_FETCH, 0, 0,         EFER_NXE, FAULT_ID },
		{ MODEL_FETCH, 0, 0,         0,        0 },
		{ MODEL_FETCH, 0, CR4_SMEP,  0,        FAULT_ID },
		{ MODEL_READ,  0, CR4_SMEP,  EFER_NXE, 0 },
		{ MODEL_READ,  3, 0,         EFER_NXE, FAULT_US },
		{ MODEL_WRITE, 3, 0,         EFER_NXE, FAULT_US | FAULT_WR },
		{ MODEL_FETCH, 3, 0,         EFER_NXE, FAULT_US | FAULT_ID },
		{ MODEL_READ,  2, 0,         EFER_NXE, 0 },
	};

	(void)state;
	guest_put(linear, 1, 0);
	for (unsigned i = 0; i < COUNT(rows); i++) {
		world.guest.cpl = rows[i].cpl;
		world.guest.cr4 = CR4_PAE | rows[i].cr4;
		world.guest.efer = EFER_LMA | rows[i].efer;
		expect_page_fault(rows[i].kind, rows[i].code);
		assert_int_equal(predicted.undefined, 0);
	}
}

static void a_fetch_is_not_told_in_32_bit_paging_but_with_smep(void **state)
{
	(void)state;
	world.guest.efer = EFER_NXE;
	guest_put(linear, 1, 0);
	expect_page_fault(MODEL_FETCH, 0);
	world.guest.cr4 |= CR4_SMEP;
	expect_page_fault(MODEL_FETCH, FAULT_ID);
}

static void a_read_modify_write_that_cannot_even_read_may_count_as_either(void **state)
{
	u64 before = guest_get(linear, 1);

	(void)state;
	guest_put(linear, 1, 0);
	expect_page_fault(MODEL_READ_MODIFY_WRITE, FAULT_WR);
	assert_int_equal(predicted.undefined, FAULT_WR);
	guest_put(linear, 1, before & ~(u64)PAGING_RW);
	expect_page_fault(MODEL_READ_MODIFY_WRITE, FAULT_P | FAULT_WR);
	assert_int_equal(predicted.undefined, 0);
}

/* --- "Determination of Access Rights" --- */

/* What an access depends on. */
enum {
	PAGE_US = BIT(0), PAGE_RW = BIT(1), PAGE_XD = BIT(2),
	WP = BIT(3), SMEP = BIT(4), SMAP = BIT(5), AC = BIT(6),
	ALL_CONDITIONS = BITS(6, 0),
};
enum { USER = BIT(0), SUPERVISOR = BIT(1), IMPLICIT = BIT(2) };
enum { READS = BIT(0), WRITES = BIT(1), FETCHES = BIT(2) };

/* The SDM's rules as they stand there; the first row that fits an access decides. */
static const struct { unsigned who, what, set, clear; bool permitted; } rules[] = {
	/* For supervisor-mode accesses: data reads. */
	{ SUPERVISOR | IMPLICIT, READS,   0,                  PAGE_US,            true },
	{ SUPERVISOR | IMPLICIT, READS,   PAGE_US,            SMAP,               true },
	{ SUPERVISOR,            READS,   PAGE_US | SMAP | AC, 0,                 true },
	{ SUPERVISOR,            READS,   PAGE_US | SMAP,     AC,                 false },
	{ IMPLICIT,              READS,   PAGE_US | SMAP,     0,                  false },
	/* Data writes. */
	{ SUPERVISOR | IMPLICIT, WRITES,  0,                  PAGE_US | WP,       true },
	{ SUPERVISOR | IMPLICIT, WRITES,  WP | PAGE_RW,       PAGE_US,            true },
	{ SUPERVISOR | IMPLICIT, WRITES,  WP,                 PAGE_US | PAGE_RW,  false },
	{ SUPERVISOR,            WRITES,  PAGE_US | SMAP,     AC,                 false },
	{ IMPLICIT,              WRITES,  PAGE_US | SMAP,     0,                  false },
	{ SUPERVISOR | IMPLICIT, WRITES,  PAGE_US,            WP,                 true },
	{ SUPERVISOR | IMPLICIT, WRITES,  PAGE_US | WP | PAGE_RW, 0,              true },
	{ SUPERVISOR | IMPLICIT, WRITES,  PAGE_US | WP,       PAGE_RW,            false },
	/* Instruction fetches. */
	{ SUPERVISOR,            FETCHES, 0,                  PAGE_US | PAGE_XD,  true },
	{ SUPERVISOR,            FETCHES, PAGE_XD,            PAGE_US,            false },
	{ SUPERVISOR,            FETCHES, PAGE_US | SMEP,     0,                  false },
	{ SUPERVISOR,            FETCHES, PAGE_US,            SMEP | PAGE_XD,     true },
	{ SUPERVISOR,            FETCHES, PAGE_US | PAGE_XD,  SMEP,               false },
	/* For user-mode accesses. */
	{ USER,                  READS,   PAGE_US,            0,                  true },
	{ USER,                  WRITES,  PAGE_US | PAGE_RW,  0,                  true },
	{ USER,                  WRITES,  PAGE_US,            PAGE_RW,            false },
	{ USER,                  FETCHES, PAGE_US,            PAGE_XD,            true },
	{ USER,                  FETCHES, PAGE_US | PAGE_XD,  0,                  false },
	{ USER,        READS | WRITES | FETCHES, 0,           PAGE_US,            false },
};

static bool rules_permit(unsigned who, unsigned what, unsigned conditions)
{
	for (unsigned i = 0; i < COUNT(rules); i++)
		if (rules[i].who & who && rules[i].what & what
		    && (conditions & rules[i].set) == rules[i].set
		    && !(conditions & rules[i].clear))
			return rules[i].permitted;
	fail_msg("no rule for who %u, what %u, conditions %#x", who, what, conditions);
	return false;
}

static void set_conditions(unsigned conditions, unsigned level)
{
	u64 entry = guest_get(linear, level) & ~(PAGING_US | PAGING_RW | PAGING_XD);

	entry |= (conditions & PAGE_US ? PAGING_US : 0) | (conditions & PAGE_RW ? PAGING_RW : 0);
	guest_put(linear, level, entry | (conditions & PAGE_XD ? PAGING_XD : 0));
	world.guest.cr0 = CR0_PE | CR0_PG | (conditions & WP ? CR0_WP : 0);
	world.guest.cr4 &= ~(u64)(CR4_SMEP | CR4_SMAP);
	world.guest.cr4 |= (conditions & SMEP ? CR4_SMEP : 0) | (conditions & SMAP ? CR4_SMAP : 0);
	world.guest.rflags = conditions & AC ? RFLAGS_AC : 0;
}

static void expect_as_the_rules_say(unsigned who, enum model_access_kind kind, unsigned conditions)
{
	static const unsigned what[] = {
		[MODEL_READ] = READS, [MODEL_WRITE] = WRITES, [MODEL_FETCH] = FETCHES,
	};
	struct model_access access = access_of(kind);
	u64 fetch = guest_entry_size() == 8 || conditions & SMEP ? FAULT_ID : 0;

	access.implicit = who == IMPLICIT;
	predict_access(access, 0);
	if (rules_permit(who, what[kind], conditions)) {
		assert_int_equal(predicted.outcome.event, MODEL_COMPLETES);
		return;
	}
	assert_int_equal(predicted.outcome.event, MODEL_PAGE_FAULT);
	assert_int_equal(predicted.outcome.code,
			 FAULT_P | (kind == MODEL_WRITE ? FAULT_WR : 0)
				 | (who == USER ? FAULT_US : 0)
				 | (kind == MODEL_FETCH ? fetch : 0));
}

static void try_all_conditions(unsigned level, unsigned possible)
{
	static const struct { unsigned who; u8 cpl; } modes[] = {
		{ USER, 3 }, { SUPERVISOR, 0 }, { SUPERVISOR, 1 },
		{ IMPLICIT, 0 }, { IMPLICIT, 3 },
	};
	u64 before = guest_get(linear, level);

	for (unsigned conditions = 0; conditions <= ALL_CONDITIONS; conditions++) {
		if (conditions & ~possible)
			continue;
		set_conditions(conditions, level);
		for (unsigned i = 0; i < COUNT(modes); i++) {
			world.guest.cpl = modes[i].cpl;
			expect_as_the_rules_say(modes[i].who, MODEL_READ, conditions);
			expect_as_the_rules_say(modes[i].who, MODEL_WRITE, conditions);
			if (modes[i].who != IMPLICIT)
				expect_as_the_rules_say(modes[i].who, MODEL_FETCH, conditions);
		}
	}
	guest_put(linear, level, before);
}

/* The restriction may stand in an entry of any level. */
static void access_rights_are_as_the_sdm_determines_them_in_every_mode(void **state)
{
	for (unsigned i = 0; i < COUNT(worlds); i++) {
		worlds[i](state);
		for (unsigned level = 1; level <= guest_levels(); level++)
			try_all_conditions(level, guest_entry_size() == 8
					? ALL_CONDITIONS
					: ALL_CONDITIONS & ~PAGE_XD);
	}
}

static void a_read_modify_write_takes_what_a_read_and_a_write_take(void **state)
{
	(void)state;
	world.guest.cpl = 3;
	expect_completes(MODEL_READ_MODIFY_WRITE);
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)PAGING_RW);
	expect_page_fault(MODEL_READ_MODIFY_WRITE, FAULT_P | FAULT_US | FAULT_WR);
}

/* --- EPT on the way --- */

/* Lets EPT grant only these permissions on the page of the guest's entry. */
static void restrict_table(unsigned level, u64 permissions)
{
	u64 *entry = ept(guest_where(linear, level), EPT_PT);

	*entry = (*entry & ~(u64)EPT_RWX) | permissions;
}

static void expect_walk_violation(unsigned level, u64 code, u64 undefined)
{
	assert_int_equal(predicted.outcome.event, MODEL_EPT_VIOLATION);
	assert_int_equal(predicted.outcome.physical.raw, guest_where(linear, level));
	assert_int_equal(predicted.outcome.linear.raw, linear);
	expect_code(code | VIOLATION_LINEAR_VALID,
		    undefined | VIOLATION_USER_EXECUTABLE | VIOLATION_ADVANCED);
}

static void a_guest_entry_that_ept_does_not_map_is_a_violation_by_a_read(void **state)
{
	for (unsigned i = 0; i < COUNT(worlds); i++) {
		worlds[i](state);
		for (unsigned level = 1; level <= guest_levels(); level++) {
			restrict_table(level, 0);
			predict(MODEL_WRITE);
			expect_walk_violation(level, VIOLATION_READ, 0);
			restrict_table(level, EPT_EXECUTE);
			predict(MODEL_FETCH);
			expect_walk_violation(level, VIOLATION_READ | VIOLATION_EXECUTABLE, 0);
			restrict_table(level, EPT_READ);
			expect_completes(MODEL_WRITE);
			restrict_table(level, EPT_RWX);
		}
	}
}

static void a_guest_entry_that_ept_misconfigures_is_told_by_its_address(void **state)
{
	(void)state;
	for (unsigned level = 1; level <= 4; level++) {
		restrict_table(level, EPT_WRITE);
		assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_MISCONFIGURATION);
		assert_int_equal(predicted.outcome.physical.raw, guest_where(linear, level));
		restrict_table(level, EPT_RWX);
	}
}

static void a_guest_entry_decides_before_ept_says_where_the_next_one_is(void **state)
{
	(void)state;
	for (unsigned level = 4; level >= 2; level--) {
		u64 before = guest_get(linear, level);

		restrict_table(level - 1, 0);
		guest_put(linear, level, before & ~(u64)PAGING_P);
		expect_page_fault(MODEL_READ, 0);
		guest_put(linear, level, before);
		predict(MODEL_READ);
		expect_walk_violation(level - 1, VIOLATION_READ, 0);
		restrict_table(level - 1, EPT_RWX);
	}
}

static void what_the_guest_refuses_is_a_page_fault_even_if_ept_refuses_the_page(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = 0;
	guest_put(linear, 1, guest_get(linear, 1) & ~(u64)PAGING_RW);
	expect_page_fault(MODEL_WRITE, FAULT_P | FAULT_WR);
	assert_int_equal(predict(MODEL_READ)->outcome.event, MODEL_EPT_VIOLATION);
}

static void what_the_guest_does_not_permit_was_translated_first(void **state)
{
	(void)state;
	guest_put(linear, 4, guest_get(linear, 4) & ~(u64)PAGING_RW);
	guest_put(linear, 1, 0);
	expect_page_fault(MODEL_WRITE, FAULT_WR);
}

int main(void)
{
#define IN(setup, test) cmocka_unit_test_setup(test, setup)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_linear_address_finds_its_page_in_every_mode),
		cmocka_unit_test(a_large_page_takes_its_offset_from_the_linear_address),
		IN(legacy, a_4m_page_has_bits_39_to_32_of_its_address_in_bits_20_to_13),
		IN(legacy, without_pse_there_are_no_4m_pages),
		IN(legacy, the_upper_half_of_cr3_is_ignored_in_32_bit_paging),
		IN(pae, pae_paging_uses_the_pdpte_registers_and_not_cr3),
		IN(legacy, without_paging_the_linear_address_is_guest_physical),
		cmocka_unit_test(an_entry_that_is_not_present_faults_whatever_else_it_holds),
		IN(pae, a_pdpte_register_that_is_not_present_faults),
		IN(legacy, reserved_bits_with_32_bit_paging),
		IN(pae, reserved_bits_with_pae_paging),
		IN(four_level, reserved_bits_with_4_level_paging),
		IN(five_level, reserved_bits_with_5_level_paging),
		cmocka_unit_test(execute_disable_is_reserved_without_nxe),
		IN(four_level, a_1g_page_that_the_processor_does_not_offer_is_reserved),
		IN(four_level, the_first_entry_from_the_top_that_cannot_be_used_decides),
		IN(four_level, the_error_code_tells_write_mode_and_fetch),
		IN(legacy, a_fetch_is_not_told_in_32_bit_paging_but_with_smep),
		IN(four_level, a_read_modify_write_that_cannot_even_read_may_count_as_either),
		cmocka_unit_test(access_rights_are_as_the_sdm_determines_them_in_every_mode),
		IN(four_level, a_read_modify_write_takes_what_a_read_and_a_write_take),
		cmocka_unit_test(a_guest_entry_that_ept_does_not_map_is_a_violation_by_a_read),
		IN(four_level, a_guest_entry_that_ept_misconfigures_is_told_by_its_address),
		IN(four_level, a_guest_entry_decides_before_ept_says_where_the_next_one_is),
		IN(four_level, what_the_guest_refuses_is_a_page_fault_even_if_ept_refuses_the_page),
		IN(four_level, what_the_guest_does_not_permit_was_translated_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
