/* model_test.c -- the model as a whole: where its bits are, what it judges, how it speaks
 * links: tests/model/access.c tests/model/access_rights.c tests/model/ept.c tests/model/flags.c
 * links: tests/model/guest_paging.c tests/model/judge.c tests/model/prediction_text.c
 * links: tests/model/sub_page.c tests/model/walk.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/host/model_world.h"

#define FINAL (VIOLATION_LINEAR_VALID | VIOLATION_LINEAR_TRANSLATION \
	       | VIOLATION_USER_ADDRESS | VIOLATION_READ_WRITE_PAGE)

/* --- Bits --- */

/* All tests of the model use the names of its bits.  Here the names are compared with the SDM's
 * numbers. */
static void bits_are_where_the_sdm_has_them(void **state)
{
	static const struct { u64 mask; u8 high, low; } rows[] = {
		{ CR0_PE, 0, 0 }, { CR0_WP, 16, 16 }, { CR0_PG, 31, 31 }, { CR4_PSE, 4, 4 },
		{ CR4_PAE, 5, 5 }, { CR4_LA57, 12, 12 }, { CR4_SMEP, 20, 20 },
		{ CR4_SMAP, 21, 21 }, { EFER_LMA, 10, 10 }, { EFER_NXE, 11, 11 },
		{ RFLAGS_AC, 18, 18 },
		{ PAGING_P, 0, 0 }, { PAGING_RW, 1, 1 }, { PAGING_US, 2, 2 }, { PAGING_A, 5, 5 },
		{ PAGING_D, 6, 6 }, { PAGING_PS, 7, 7 }, { PAGING_XD, 63, 63 },
		{ PAGING_ADDRESS, 51, 12 },
		{ FAULT_P, 0, 0 }, { FAULT_WR, 1, 1 }, { FAULT_US, 2, 2 }, { FAULT_RSVD, 3, 3 },
		{ FAULT_ID, 4, 4 },
		{ EPT_READ, 0, 0 }, { EPT_WRITE, 1, 1 }, { EPT_EXECUTE, 2, 2 },
		{ EPT_MEMORY_TYPE, 5, 3 }, { EPT_IGNORE_PAT, 6, 6 }, { EPT_LARGE, 7, 7 },
		{ EPT_ACCESSED, 8, 8 }, { EPT_DIRTY, 9, 9 }, { EPT_USER_EXECUTE, 10, 10 },
		{ EPT_ADDRESS, 51, 12 }, { EPT_SUB_PAGE_WRITE, 61, 61 },
		{ EPT_SUPPRESS_VE, 63, 63 },
		{ EPTP_WALK_LENGTH, 5, 3 }, { EPTP_ACCESSED_DIRTY, 6, 6 },
		{ VIOLATION_READ, 0, 0 }, { VIOLATION_WRITE, 1, 1 }, { VIOLATION_FETCH, 2, 2 },
		{ VIOLATION_READABLE, 3, 3 }, { VIOLATION_WRITABLE, 4, 4 },
		{ VIOLATION_EXECUTABLE, 5, 5 }, { VIOLATION_USER_EXECUTABLE, 6, 6 },
		{ VIOLATION_LINEAR_VALID, 7, 7 }, { VIOLATION_LINEAR_TRANSLATION, 8, 8 },
		{ VIOLATION_USER_ADDRESS, 9, 9 }, { VIOLATION_READ_WRITE_PAGE, 10, 10 },
		{ VIOLATION_EXECUTE_DISABLE, 11, 11 }, { VIOLATION_ADVANCED, 11, 9 },
		{ VIOLATION_NMI_UNBLOCKING, 12, 12 }, { VIOLATION_SHADOW_STACK_PAGE, 14, 14 },
		{ SPPT_VALID, 0, 0 }, { SPP_MISS, 11, 11 }, { SPPT_ADDRESS, 51, 12 },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(rows); i++) {
		assert_int_equal(rows[i].mask >> rows[i].low,
				 (2ul << (rows[i].high - rows[i].low)) - 1);
		assert_int_equal(rows[i].mask & ((1ul << rows[i].low) - 1), 0);
	}
}

/* Appendix "VPID and EPT Capabilities". */
static void a_processor_offers_what_its_capabilities_say(void **state)
{
	static const struct { u64 bit; bool execute_only, ept_2m, ept_1g, advanced; } rows[] = {
		{ BIT(0), true, false, false, false }, { BIT(16), false, true, false, false },
		{ BIT(17), false, false, true, false }, { BIT(22), false, false, false, true },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(rows); i++) {
		struct model_processor processor = model_processor(rows[i].bit, 46, true);

		assert_int_equal(processor.execute_only, rows[i].execute_only);
		assert_int_equal(processor.ept_2m, rows[i].ept_2m);
		assert_int_equal(processor.ept_1g, rows[i].ept_1g);
		assert_int_equal(processor.advanced_information, rows[i].advanced);
		assert_int_equal(processor.physical_width, 46);
		assert_true(processor.pages_1g);
	}
}

/* --- The judge --- */

static void an_observation_is_allowed_if_all_defined_bits_agree(void **state)
{
	struct model_access access = access_of(MODEL_READ_MODIFY_WRITE);
	u64 code = VIOLATION_WRITE | VIOLATION_READABLE | FINAL;

	(void)state;
	*ept(data, EPT_PT) = EPT_READ | EPT_WB;
	for (unsigned bit = 0; bit < 64; bit++) {
		struct model_outcome outcome = {
			MODEL_EPT_VIOLATION, code ^ BIT(bit), gpa(data), gla(linear),
		};
		bool open = bit == 0 || bit == 6 || bit == 12 || bit == 14;

		assert_int_equal(model_allows(&world, &access, &outcome, &predicted), open);
	}
}

static void an_observation_is_allowed_if_its_addresses_agree(void **state)
{
	struct model_access access = access_of(MODEL_READ);
	struct model_outcome outcome = { MODEL_EPT_VIOLATION, VIOLATION_READ | FINAL, gpa(data),
					 gla(linear) };

	(void)state;
	*ept(data, EPT_PT) = 0;
	assert_true(model_allows(&world, &access, &outcome, &predicted));
	outcome.linear.raw++;
	assert_false(model_allows(&world, &access, &outcome, &predicted));
	outcome.linear.raw--;
	outcome.physical.raw ^= BIT(12);
	assert_false(model_allows(&world, &access, &outcome, &predicted));
	assert_int_equal(predicted.outcome.physical.raw, data);
}

static void addresses_that_an_event_does_not_have_are_not_compared(void **state)
{
	struct model_access access = access_of(MODEL_READ);
	struct model_outcome outcome = { MODEL_EPT_MISCONFIGURATION, 0, gpa(data), gla(7) };

	(void)state;
	*ept(data, EPT_PT) = EPT_WRITE;
	assert_true(model_allows(&world, &access, &outcome, &predicted));
	outcome.physical = gpa(7);
	assert_false(model_allows(&world, &access, &outcome, &predicted));
	guest_put(linear, 1, 0);
	outcome = (struct model_outcome){ MODEL_PAGE_FAULT, 0, gpa(7), gla(linear) };
	assert_true(model_allows(&world, &access, &outcome, &predicted));
	outcome.linear = gla(7);
	assert_false(model_allows(&world, &access, &outcome, &predicted));
	new_world(CR4_PAE, 0, 4);
	access.kind = MODEL_LOAD_PDPTES;
	world.guest.cr3 = 0x7777ffe0;
	outcome = (struct model_outcome){ MODEL_EPT_VIOLATION, VIOLATION_READ, gpa(0x7777ffe0),
					  gla(7) };
	assert_true(model_allows(&world, &access, &outcome, &predicted));
}

/* --- In words --- */

static void expect_text(enum model_access_kind kind, const char *expected)
{
	char text[120];
	size_t length = model_prediction_text(text, sizeof(text), predict(kind));

	assert_string_equal(text, expected);
	assert_int_equal(length, strlen(text));
}

static void a_prediction_is_told_in_words(void **state)
{
	(void)state;
	*ept(data, EPT_PT) = 0x10b000 | EPT_READ | EPT_EXECUTE | EPT_WB;
	expect_text(MODEL_READ, "completes at 0x10b678 wb");
	expect_text(MODEL_WRITE, "EPT violation 0x7aa gpa 0xa954321678 gla 0x654312345678: write, "
				 "r-x allowed");
	*ept(data, EPT_PT) |= BIT(51);
	expect_text(MODEL_READ, "EPT misconfiguration gpa 0xa954321678");
	guest_put(linear, 1, 0);
	expect_text(MODEL_FETCH, "page fault 0x10 at 0x654312345678: supervisor-mode fetch, "
				 "not present");
	world.guest.cpl = 3;
	guest_put(linear, 1, BIT(51) | PAGING_P);
	expect_text(MODEL_WRITE, "page fault 0xf at 0x654312345678: user-mode write, reserved bit");
	guest_put(linear, 1, PAGING_P);
	expect_text(MODEL_READ, "page fault 0x5 at 0x654312345678: user-mode read, not permitted");
	*ept(guest_where(linear, 4), EPT_PT) = 0;
	expect_text(MODEL_READ, "EPT violation 0x81 gpa 0x40002650 gla 0x654312345678: read of a "
				"guest paging-structure entry, --- allowed");
}

static void the_other_events_have_words_too(void **state)
{
	static const struct { struct model_outcome outcome; const char *text; } rows[] = {
		{ { MODEL_PML_FULL, 0, { 0 }, { 0 } }, "page-modification log full" },
		{ { MODEL_SPP_EVENT, 0x800, { 1 }, { 2 } }, "SPP miss 0x800 gpa 0x1 gla 0x2" },
		{ { MODEL_SPP_EVENT, 0, { 1 }, { 2 } }, "SPP misconfiguration 0 gpa 0x1 gla 0x2" },
		{ { MODEL_VE, 0x1c4, { 1 }, { 2 } },
		  "#VE 0x1c4 gpa 0x1 gla 0x2: fetch, ---u allowed" },
		{ { MODEL_EPT_VIOLATION, 0x19, { 1 }, { 2 } }, "EPT violation 0x19 gpa 0x1: "
		  "read of a guest paging-structure entry, rw- allowed" },
		{ { MODEL_NOT_CANONICAL, 0, { 0 }, { 0 } }, "address not canonical: #GP or #SS" },
		{ { MODEL_BEYOND_MEMORY, 0, { 0 }, { 0 } },
		  "no prediction: a walk leaves the memory given to the model" },
	};
	char text[120];

	(void)state;
	for (unsigned i = 0; i < COUNT(rows); i++) {
		model_outcome_text(text, sizeof(text), &rows[i].outcome);
		assert_string_equal(text, rows[i].text);
	}
}

static void each_memory_type_has_its_name(void **state)
{
	static const struct { u64 entry; const char *text; } rows[] = {
		{ 0 << 3, "completes at 0x10b678 uc" }, { 1 << 3, "completes at 0x10b678 wc" },
		{ 4 << 3, "completes at 0x10b678 wt" }, { 5 << 3, "completes at 0x10b678 wp" },
		{ 6 << 3 | EPT_IGNORE_PAT, "completes at 0x10b678 wb, PAT ignored" },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(rows); i++) {
		*ept(data, EPT_PT) = 0x10b000 | EPT_RWX | rows[i].entry;
		expect_text(MODEL_READ, rows[i].text);
	}
}

static void words_are_cut_off_where_the_room_ends(void **state)
{
	char text[10];

	(void)state;
	*ept(data, EPT_PT) = 0;
	assert_int_equal(model_prediction_text(text, sizeof(text), predict(MODEL_READ)), 9);
	assert_string_equal(text, "EPT viola");
}

static const struct CMUnitTest tests[] = {
#define IN(setup, test) cmocka_unit_test_setup(test, setup)
	cmocka_unit_test(bits_are_where_the_sdm_has_them),
	cmocka_unit_test(a_processor_offers_what_its_capabilities_say),
	IN(four_level, an_observation_is_allowed_if_all_defined_bits_agree),
	IN(four_level, an_observation_is_allowed_if_its_addresses_agree),
	IN(four_level, addresses_that_an_event_does_not_have_are_not_compared),
	IN(four_level, a_prediction_is_told_in_words),
	IN(four_level, the_other_events_have_words_too),
	IN(four_level, each_memory_type_has_its_name),
	IN(four_level, words_are_cut_off_where_the_room_ends),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
