/* ept_test.c -- EPT entries, walks and explanations against what the SDM says
 * links: ept/entry.c ept/eptp.c ept/explain.c ept/misconfiguration.c ept/permission.c ept/table.c
 * links: ept/walk.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "ept/eptp.h"
#include "ept/explain.h"
#include "ept/misconfiguration.h"
#include "ept/violation.h"
#include "tests/host/pages.h"

#define ADDRESS gpa(0x2008)
#define PAGE    hpa(0x417000)

static const struct ept_rules rules = {
	.physical_width = 40, .execute_only = true, .pages_2m = true, .pages_1g = true,
};

/* Walks need the full width, as the tables hold this program's own pointers. */
static const struct ept_rules host_rules = {
	.physical_width = 52, .execute_only = true, .pages_2m = true, .pages_1g = true,
};

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

static struct ept mapped(u64 leaf)
{
	struct ept ept = ept_new(EPT_PML4);

	*ept_make(&ept, ADDRESS, EPT_PT) = leaf;
	return ept;
}

static void an_address_nobody_mapped_ends_at_the_pml4(void **state)
{
	struct ept ept = ept_new(EPT_PML4);
	struct ept_walk walk = ept_walk(&ept, ADDRESS, &host_rules);

	(void)state;
	assert_int_equal(walk.end, EPT_WALK_NOT_PRESENT);
	assert_int_equal(walk.count, 1);
	assert_int_equal(walk.allowed, NONE);
	assert_null(ept_find(&ept, ADDRESS, EPT_PT));
}

static void a_mapped_page_is_found_at_every_level(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, RX, WB));
	struct ept_walk walk = ept_walk(&ept, ADDRESS, &host_rules);

	(void)state;
	assert_int_equal(walk.end, EPT_WALK_MAPPED);
	assert_int_equal(walk.count, 4);
	assert_int_equal(walk.page.raw, PAGE.raw);
	assert_int_equal(walk.allowed, RX);
	assert_int_equal(walk.steps[3].index, 2);
}

static void a_copy_translates_the_same_by_other_tables(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, RX, WB));
	gpa_t large = gpa(ADDRESS.raw + 2 * ept_level_size(EPT_PD));

	(void)state;
	*ept_make(&ept, large, EPT_PD) = ept_leaf(hpa(0x600000), NONE, WB) | EPT_LARGE;
	ept.shared = ept_table_at(*ept_find(&ept, ADDRESS, EPT_PDPT));
	ept.shared_end = ept.shared + 512;
	struct ept copy = ept_copy(&ept);
	assert_null(copy.shared);
	assert_int_equal(*ept_find(&copy, large, EPT_PD), *ept_find(&ept, large, EPT_PD));
	assert_int_equal(*ept_find(&copy, ADDRESS, EPT_PT), *ept_find(&ept, ADDRESS, EPT_PT));
	for (enum ept_level level = EPT_PT; level <= EPT_PML4; level++)
		assert_ptr_not_equal(ept_find(&copy, ADDRESS, level),
				     ept_find(&ept, ADDRESS, level));
	*ept_find(&copy, ADDRESS, EPT_PDPT) |= EPT_ACCESSED;
	assert_int_equal(*ept_find(&ept, ADDRESS, EPT_PDPT) & EPT_ACCESSED, 0);
}

static void the_index_of_a_level_is_nine_bits_of_the_address(void **state)
{
	gpa_t address = gpa(BITS(47, 39) ^ (5ul << 39) ^ (6ul << 30) ^ (7ul << 21) ^ (8ul << 12));

	(void)state;
	assert_int_equal(ept_index(address, EPT_PML4), 511 ^ 5);
	assert_int_equal(ept_index(address, EPT_PDPT), 6);
	assert_int_equal(ept_index(address, EPT_PD), 7);
	assert_int_equal(ept_index(address, EPT_PT), 8);
}

static void a_large_page_stands_in_the_way_of_a_table(void **state)
{
	struct ept ept = ept_new(EPT_PML4);

	(void)state;
	*ept_make(&ept, ADDRESS, EPT_PD) = ept_leaf(hpa(0), RWX, WB) | EPT_LARGE;
	assert_null(ept_make(&ept, ADDRESS, EPT_PT));
	assert_null(ept_find(&ept, ADDRESS, EPT_PT));
}

static void a_shared_table_is_copied_before_it_gets_an_entry(void **state)
{
	_Alignas(4096) static u64 shared[512];
	struct ept ept = ept_new(EPT_PML4);
	gpa_t other = gpa(ADDRESS.raw + ept_level_size(EPT_PD));

	(void)state;
	shared[0] = ept_leaf(hpa(0), RWX, WB) | EPT_LARGE;
	*ept_make(&ept, ADDRESS, EPT_PDPT) = ept_branch(shared);
	ept.shared = shared;
	ept.shared_end = shared + COUNT(shared);
	assert_ptr_equal(ept_find(&ept, ADDRESS, EPT_PD), &shared[0]);
	*ept_make(&ept, other, EPT_PT) = ept_leaf(PAGE, R, WB);
	assert_int_equal(shared[1], 0);
	assert_int_equal(ept_walk(&ept, other, &host_rules).page.raw, PAGE.raw);
	assert_int_equal(*ept_find(&ept, ADDRESS, EPT_PD), shared[0]);
	assert_ptr_not_equal(ept_find(&ept, ADDRESS, EPT_PD), &shared[0]);
}

static void five_levels_are_made_and_found(void **state)
{
	struct ept ept = ept_new(EPT_PML5);
	gpa_t far = gpa(3ul << 48 | ADDRESS.raw);

	(void)state;
	assert_null(ept_find(&ept, far, EPT_PT));
	*ept_make(&ept, far, EPT_PT) = ept_leaf(PAGE, R, WB);
	assert_int_equal(*ept_find(&ept, far, EPT_PT), ept_leaf(PAGE, R, WB));
	assert_null(ept_find(&ept, ADDRESS, EPT_PT));
	assert_int_equal(ept_walk(&ept, far, &host_rules).count, 5);
	assert_int_equal(ept_walk(&ept, far, &host_rules).steps[0].index, 3);
}

static void a_fifth_level_stands_above_the_same_tables(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, R, WB)), higher = ept_with_level_5(&ept);
	struct ept_walk walk = ept_walk(&higher, ADDRESS, &host_rules);

	(void)state;
	assert_ptr_equal(ept_find(&higher, ADDRESS, EPT_PT), ept_find(&ept, ADDRESS, EPT_PT));
	assert_int_equal(walk.count, 5);
	assert_int_equal(walk.end, EPT_WALK_MAPPED);
	assert_int_equal(walk.page.raw, PAGE.raw);
	assert_null(ept_find(&higher, gpa(1ul << 48 | ADDRESS.raw), EPT_PT));
}

static void every_level_takes_permissions_away(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, RWX, WB));
	u64 *directory = ept_find(&ept, ADDRESS, EPT_PD);

	(void)state;
	*directory = (*directory & ~(u64)EPT_PERMISSIONS) | RX;
	assert_int_equal(ept_walk(&ept, ADDRESS, &host_rules).allowed, RX);
}

/* SDM vol. 3, "EPT Misconfigurations": each rule once, and its neighbour that is legal. */
static void each_rule_of_misconfiguration_is_named(void **state)
{
	static const struct {
		u64 entry;
		enum ept_level level;
		const char *rule;               /* null: legal */
	} rows[] = {
		{ W, EPT_PT, "write without read" },
		{ WX, EPT_PT, "write without read" },
		{ X, EPT_PT, NULL },
		{ R | 2 << 3, EPT_PT, "reserved memory type 2" },
		{ R | 3 << 3, EPT_PT, "reserved memory type 3" },
		{ R | 7 << 3, EPT_PT, "reserved memory type 7" },
		{ R | 6 << 3, EPT_PT, NULL },
		{ R | BIT(40), EPT_PT, "address bit 40, beyond the physical width of 40" },
		{ R | BIT(51), EPT_PML4, "address bit 51, beyond the physical width of 40" },
		{ R | BIT(39), EPT_PT, NULL },
		{ R | BIT(52), EPT_PT, NULL },
		{ R | BIT(7), EPT_PML4, "reserved bit 7 of a PML4 entry" },
		{ R | BIT(3), EPT_PML4, "reserved bit 3 of a PML4 entry" },
		{ R | BIT(6), EPT_PD, "reserved bit 6 of a PD entry" },
		{ R | EPT_LARGE | BIT(12), EPT_PD, "reserved bit 12 of a 2 MiB page" },
		{ R | EPT_LARGE | BIT(20), EPT_PD, "reserved bit 20 of a 2 MiB page" },
		{ R | EPT_LARGE | BIT(21), EPT_PD, NULL },
		{ R | EPT_LARGE | BIT(29), EPT_PDPT, "reserved bit 29 of a 1 GiB page" },
		{ R | EPT_LARGE | BIT(30), EPT_PDPT, NULL },
		{ R | EPT_LARGE, EPT_PT, NULL },
	};
	char rule[64];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		bool illegal = ept_misconfigured(rows[i].entry, rows[i].level, &rules, rule,
						 sizeof(rule));

		assert_int_equal(illegal, rows[i].rule != NULL);
		if (illegal)
			assert_string_equal(rule, rows[i].rule);
	}
}

static void what_the_processor_lacks_is_a_misconfiguration(void **state)
{
	static const struct ept_rules poor = { .physical_width = 36 };
	char rule[64];

	(void)state;
	assert_true(ept_misconfigured(X, EPT_PT, &poor, rule, sizeof(rule)));
	assert_string_equal(rule, "execute-only, not supported here");
	assert_true(ept_misconfigured(R | EPT_LARGE, EPT_PD, &poor, rule, sizeof(rule)));
	assert_string_equal(rule, "a 2 MiB page, not supported here");
	assert_true(ept_misconfigured(R | EPT_LARGE, EPT_PDPT, &poor, rule, sizeof(rule)));
	assert_string_equal(rule, "a 1 GiB page, not supported here");
}

/* SDM vol. 3, table "Exit Qualification for EPT Violations". */
static void an_exit_qualification_is_decoded(void **state)
{
	struct ept_violation write = ept_violation_decode(0x18a);
	struct ept_violation walk = ept_violation_decode(0x083);

	(void)state;
	assert_int_equal(write.wanted, W);
	assert_int_equal(write.allowed, R);
	assert_true(write.gla_valid);
	assert_false(write.in_page_walk);
	assert_int_equal(walk.wanted, RW);
	assert_true(walk.in_page_walk);
	assert_false(ept_violation_decode(0x104).gla_valid);
	assert_false(ept_violation_decode(0x004).in_page_walk);
}

static const char *walk_told(const struct ept_walk *walk, enum permission wanted)
{
	static char room[200];
	struct text text = TEXT_IN(room);

	ept_walk_text(&text, walk, wanted);
	return room;
}

static const char *end_told(const struct ept_walk *walk)
{
	static char room[200];
	struct text text = TEXT_IN(room);

	ept_walk_end_text(&text, walk);
	return room;
}

static const char *reason_told(const struct ept_walk *walk, enum permission wanted)
{
	static char room[200];
	struct text text = TEXT_IN(room);

	ept_reason_text(&text, "to", walk, wanted);
	return room;
}

static void a_refused_write_is_told_with_the_whole_walk(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, R, WB));
	struct ept_walk walk = ept_walk(&ept, ADDRESS, &host_rules);

	(void)state;
	assert_string_equal(walk_told(&walk, W), "PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > "
			    "PT[2] r-- wb hpa=0x00417000 <- refuses write");
	assert_string_equal(reason_told(&walk, W), "to a 4 KiB page that its PT entry maps r--");
	assert_string_equal(end_told(&walk), "PT[2] r-- hpa=0x00417000");
}

static void the_guilty_entry_above_the_leaf_is_named(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, RWX, WB));
	struct ept_walk walk;

	(void)state;
	*ept_find(&ept, ADDRESS, EPT_PDPT) &= ~(u64)EPT_EXECUTE;
	walk = ept_walk(&ept, ADDRESS, &host_rules);
	assert_string_equal(walk_told(&walk, X), "PML4[0] rwx > PDPT[0] rw- <- refuses fetch > "
			    "PD[0] rwx > PT[2] rwx wb hpa=0x00417000");
	assert_string_equal(reason_told(&walk, X), "to a 4 KiB page that its PDPT entry maps rw-");
	assert_string_equal(end_told(&walk), "PT[2] rw- hpa=0x00417000");
}

static void a_missing_entry_is_told_by_its_level(void **state)
{
	struct ept ept = mapped(0);
	struct ept_walk walk = ept_walk(&ept, ADDRESS, &host_rules);

	(void)state;
	assert_string_equal(walk_told(&walk, R), "PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > "
			    "PT[2] --- <- not present");
	assert_string_equal(reason_told(&walk, R), "to a guest-physical address for which there is "
			    "no PT entry");
	assert_string_equal(end_told(&walk), "PT[2] not present");
}

static void a_violation_the_tables_do_not_explain_says_so(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, RWX, WB));
	struct ept_walk walk = ept_walk(&ept, ADDRESS, &host_rules);

	(void)state;
	assert_non_null(strstr(reason_told(&walk, W), "cached translation"));
}

static void a_misconfiguration_is_told_with_its_rule(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, W, UC));
	struct ept_walk walk = ept_walk(&ept, ADDRESS, &host_rules);

	(void)state;
	assert_string_equal(walk_told(&walk, NONE), "PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > "
			    "PT[2] -w- uc hpa=0x00417000 (entry 0x0000000000417002) "
			    "<- illegal: write without read");
	assert_string_equal(reason_told(&walk, NONE),
			    "to a page whose PT entry is illegal: write without read");
	assert_string_equal(end_told(&walk), "PT[2] illegal");
}

/* SDM vol. 3, "EPT Translation Mechanism": four levels translate 48 bits, five 57. */
static void an_address_above_what_the_levels_translate_has_no_walk(void **state)
{
	struct ept four = mapped(ept_leaf(PAGE, RWX, WB)), five = ept_new(EPT_PML5);
	struct ept_walk walk = ept_walk(&four, gpa(BIT(48) | ADDRESS.raw), &host_rules);

	(void)state;
	assert_int_equal(walk.end, EPT_WALK_TOO_WIDE);
	assert_int_equal(walk.count, 0);
	assert_int_equal(walk.allowed, NONE);
	assert_string_equal(walk_told(&walk, R), "<- no level translates so high an address");
	assert_string_equal(reason_told(&walk, R),
			    "to a guest-physical address with more bits than EPT translates");
	assert_string_equal(end_told(&walk), "of too few levels");
	assert_int_equal(ept_walk(&four, gpa(BITS(47, 0)), &host_rules).end, EPT_WALK_NOT_PRESENT);
	assert_int_equal(ept_walk(&five, gpa(BIT(48)), &host_rules).end, EPT_WALK_NOT_PRESENT);
	assert_int_equal(ept_walk(&five, gpa(BIT(57)), &host_rules).end, EPT_WALK_TOO_WIDE);
}

/* Table "Format of an EPT Page-Table Entry that Maps a 4-KByte Page", bits 2 and 10. */
static void with_mode_based_execute_fetches_are_of_two_kinds(void **state)
{
	struct ept_rules both = host_rules;
	struct ept ept = mapped(ept_leaf(PAGE, RX, WB));
	struct ept_walk walk;

	(void)state;
	both.mode_based_execute = true;
	walk = ept_walk(&ept, ADDRESS, &both);
	assert_int_equal(walk.allowed, RX);
	assert_string_equal(walk_told(&walk, XU), "PML4[0] rwxu > PDPT[0] rwxu > PD[0] rwxu > "
			    "PT[2] r-x- wb hpa=0x00417000 <- refuses user-mode fetch");
	assert_string_equal(reason_told(&walk, XU), "to a 4 KiB page that its PT entry maps r-x-");
	assert_string_equal(end_told(&walk), "PT[2] r-x- hpa=0x00417000");
	assert_non_null(strstr(reason_told(&walk, X), "allow"));
	*ept_find(&ept, ADDRESS, EPT_PT) = PAGE.raw | R | EPT_USER_EXECUTE | WB << 3;
	walk = ept_walk(&ept, ADDRESS, &both);
	assert_int_equal(walk.allowed, R | XU);
	assert_string_equal(reason_told(&walk, X), "to a 4 KiB page that its PT entry maps r--u");
	*ept_find(&ept, ADDRESS, EPT_PD) &= ~(u64)EPT_USER_EXECUTE;
	assert_int_equal(ept_walk(&ept, ADDRESS, &both).allowed, R);
}

/* SDM vol. 3, "EPT Translation Mechanism" (present); "EPT Misconfigurations", execute-only. */
static void an_entry_for_user_mode_fetches_alone_is_present(void **state)
{
	struct ept_rules rule = { .physical_width = 52, .mode_based_execute = true };
	struct ept ept = mapped(PAGE.raw | EPT_USER_EXECUTE | WB << 3);

	(void)state;
	assert_int_equal(ept_walk(&ept, ADDRESS, &host_rules).end, EPT_WALK_NOT_PRESENT);
	assert_int_equal(ept_walk(&ept, ADDRESS, &rule).end, EPT_WALK_MISCONFIGURED);
	rule.execute_only = true;
	assert_int_equal(ept_walk(&ept, ADDRESS, &rule).end, EPT_WALK_MAPPED);
	assert_int_equal(ept_walk(&ept, ADDRESS, &rule).allowed, XU);
}

static void no_text_is_longer_than_its_room(void **state)
{
	struct ept ept = mapped(ept_leaf(PAGE, R, WB));
	struct ept_walk walk = ept_walk(&ept, ADDRESS, &host_rules);

	(void)state;
	for (size_t size = 1; size < 180; size++) {
		struct text text = { .start = malloc(size), .size = size };

		ept_walk_text(&text, &walk, W);
		ept_walk_end_text(&text, &walk);
		ept_reason_text(&text, "to", &walk, W);
		assert_true(text.length < size);
		free(text.start);
	}
}

/* SDM vol. 3, "Extended-Page-Table Pointer (EPTP)": one less than the walk length, type 6 or 0. */
static void the_eptp_is_what_the_capabilities_allow(void **state)
{
	static u64 root[512] __attribute__((aligned(PAGE_SIZE)));
	const struct ept ept = { .root = root, .top = EPT_PML4 };
	u64 eptp, base = (u64)root;

	(void)state;
	assert_true(eptp_choose(BIT(6) | BIT(14) | BIT(8), &ept, false, &eptp));
	assert_int_equal(eptp, base | 0x1e);
	assert_true(eptp_choose(BIT(6) | BIT(8), &ept, false, &eptp));
	assert_int_equal(eptp, base | 0x18);
	assert_true(eptp_choose(BIT(6) | BIT(14) | BIT(21), &ept, true, &eptp));
	assert_int_equal(eptp, base | 0x5e);
	assert_false(eptp_choose(BIT(6) | BIT(14), &ept, true, &eptp));
	assert_false(eptp_choose(BIT(14), &ept, false, &eptp));
	assert_false(eptp_choose(BIT(6), &ept, false, &eptp));
}

/* SDM vol. 3, "Checks on VMX Controls": each bit is refused that nothing offers. */
static void an_eptp_is_legal_by_what_the_capabilities_offer(void **state)
{
	const u64 all = BIT(6) | BIT(7) | BIT(8) | BIT(14) | BIT(21) | BIT(23);
	const struct {
		u64 eptp, needs;
	} rows[] = {
		{ 0x101e, BIT(6) | BIT(14) }, { 0x1018, BIT(6) | BIT(8) },
		{ 0x1026, BIT(7) | BIT(14) }, { 0x105e, BIT(6) | BIT(14) | BIT(21) },
		{ 0x109e, BIT(6) | BIT(14) | BIT(23) }, { BIT(39) | 0x1e, BIT(6) | BIT(14) },
	};
	const u64 never[] = {
		0, 0x1016, 0x102e, 0x103e, 0x1019, 0x101f, 0x111e, 0x121e, 0x141e, 0x181e,
		BIT(40) | 0x1e, BIT(63) | 0x1e,
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(rows); i++)
		for (unsigned bit = 0; bit < 64; bit++) {
			u64 missing = BIT(bit) & rows[i].needs;

			assert_int_equal(eptp_is_legal(all & ~BIT(bit), 40, rows[i].eptp),
					 !missing);
		}
	for (unsigned i = 0; i < COUNT(never); i++)
		assert_false(eptp_is_legal(all, 40, never[i]));
}

#define EPT_CASE(name) cmocka_unit_test_teardown(name, give_back_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EPT_CASE(an_address_nobody_mapped_ends_at_the_pml4),
		EPT_CASE(a_mapped_page_is_found_at_every_level),
		EPT_CASE(a_copy_translates_the_same_by_other_tables),
		EPT_CASE(the_index_of_a_level_is_nine_bits_of_the_address),
		EPT_CASE(a_large_page_stands_in_the_way_of_a_table),
		EPT_CASE(a_shared_table_is_copied_before_it_gets_an_entry),
		EPT_CASE(a_fifth_level_stands_above_the_same_tables),
		EPT_CASE(five_levels_are_made_and_found),
		EPT_CASE(every_level_takes_permissions_away),
		EPT_CASE(each_rule_of_misconfiguration_is_named),
		EPT_CASE(what_the_processor_lacks_is_a_misconfiguration),
		EPT_CASE(an_exit_qualification_is_decoded),
		EPT_CASE(a_refused_write_is_told_with_the_whole_walk),
		EPT_CASE(the_guilty_entry_above_the_leaf_is_named),
		EPT_CASE(a_missing_entry_is_told_by_its_level),
		EPT_CASE(a_violation_the_tables_do_not_explain_says_so),
		EPT_CASE(a_misconfiguration_is_told_with_its_rule),
		EPT_CASE(an_address_above_what_the_levels_translate_has_no_walk),
		EPT_CASE(with_mode_based_execute_fetches_are_of_two_kinds),
		EPT_CASE(an_entry_for_user_mode_fetches_alone_is_present),
		EPT_CASE(no_text_is_longer_than_its_room),
		EPT_CASE(the_eptp_is_what_the_capabilities_allow),
		EPT_CASE(an_eptp_is_legal_by_what_the_capabilities_offer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
