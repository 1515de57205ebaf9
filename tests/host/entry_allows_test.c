/* entry_allows_test.c -- how a VM entry may end according to the model, against the SDM (vol. 3,
 * "VM Entries", "VM-Entry Failures During or After Loading Guest State")
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_bases.h"

/* --- All ends that there are --- */

static const struct entry_outcome success = { ENTRY_SUCCEEDS, 0, 0 };

enum { SUCCESS = 1, CONTROLS = 2, HOST = 4, GUEST = 8, PDPTES = 16, NMI = 32, LINK = 64,
       MSR_1 = 128, MSR_2 = 256, MSR_3 = 512 };

static const struct { unsigned end; struct entry_outcome outcome; } ends[] = {
	{ SUCCESS, { ENTRY_SUCCEEDS, 0, 0 } },
	{ CONTROLS, { ENTRY_VMFAIL, 7, 0 } },
	{ HOST, { ENTRY_VMFAIL, 8, 0 } },
	{ GUEST, { ENTRY_FAILS, 33, 0 } },
	{ PDPTES, { ENTRY_FAILS, 33, 2 } },
	{ NMI, { ENTRY_FAILS, 33, 3 } },
	{ LINK, { ENTRY_FAILS, 33, 4 } },
	{ MSR_1, { ENTRY_FAILS, 34, 1 } },
	{ MSR_2, { ENTRY_FAILS, 34, 2 } },
	{ MSR_3, { ENTRY_FAILS, 34, 3 } },
	{ 0, { ENTRY_VMFAIL, 4, 0 } },
	{ 0, { ENTRY_VMFAIL, 33, 0 } },
	{ 0, { ENTRY_VMFAIL, 34, 1 } },
	{ 0, { ENTRY_FAILS, 33, 1 } },
	{ 0, { ENTRY_FAILS, 33, 5 } },
	{ 0, { ENTRY_FAILS, 34, 0 } },
	{ 0, { ENTRY_FAILS, 34, 4 } },
	{ 0, { ENTRY_FAILS, 7, 0 } },
};

static void expect(unsigned allowed)
{
	struct entry_set violated = entry_violations(&world);

	for (unsigned i = 0; i < COUNT(ends); i++)
		if (entry_allows(&world, &violated, &ends[i].outcome) != !!(ends[i].end & allowed))
			fail_msg("end %u, number %u, qualification %lu is %s", ends[i].outcome.end,
				 ends[i].outcome.number, ends[i].outcome.qualification,
				 ends[i].end & allowed ? "not allowed" : "allowed");
}

#define CHANGE(...) \
	make_changes((const struct change[]){ __VA_ARGS__ }, \
		     COUNT(((const struct change[]){ __VA_ARGS__ })))

#define VIOLATE_CONTROLS SET(pin_based_controls, 0)
#define VIOLATE_HOST SET(host_fs_base, BIT(63))
#define VIOLATE_GUEST SET(guest_rflags, 0)
#define VIOLATE_PDPTES SET(guest_pdpte3, 3)
#define VIOLATE_LINK SET(vmcs_link_pointer, 1)

#define LIST 0xe000
#define LIST_OF(count) SET(entry_msr_load_count, count), SET(entry_msr_load_address, LIST)
#define AT(place, msr) STORE(LIST + (place) * 16, msr)
#define LEGAL 0xc0000081
#define ILLEGAL 0xc0000100
#define UNKNOWN 0x12345
#define MICROCODE 0x79

/* --- Tests --- */

static void every_legal_guest_may_enter_and_nothing_else(void **state)
{
	(void)state;
	for (unsigned base = 0; base < BASES; base++) {
		make_base(base);
		expect(SUCCESS);
	}
}

static void each_stage_has_its_own_end(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(VIOLATE_CONTROLS);
	expect(CONTROLS);
	make_base(LONG);
	CHANGE(VIOLATE_HOST);
	expect(HOST);
	make_base(LONG);
	CHANGE(VIOLATE_GUEST);
	expect(GUEST);
	make_base(PAE);
	CHANGE(VIOLATE_PDPTES);
	expect(PDPTES);
	make_base(LONG);
	CHANGE(VIOLATE_LINK);
	expect(LINK);
	make_base(LONG);
	CHANGE(LIST_OF(1), AT(0, ILLEGAL));
	expect(MSR_1);
}

static void stages_of_one_rank_may_end_as_each_of_them(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(VIOLATE_CONTROLS, VIOLATE_HOST);
	expect(CONTROLS | HOST);
	make_base(PAE);
	CHANGE(VIOLATE_GUEST, VIOLATE_PDPTES, VIOLATE_LINK);
	expect(GUEST | PDPTES | LINK);
	make_base(PAE);
	CHANGE(VIOLATE_PDPTES, VIOLATE_LINK);
	expect(PDPTES | LINK);
}

static void controls_and_host_come_before_the_guest_and_that_before_the_msrs(void **state)
{
	(void)state;
	make_base(PAE);
	CHANGE(VIOLATE_CONTROLS, VIOLATE_GUEST, VIOLATE_PDPTES, LIST_OF(1), AT(0, ILLEGAL));
	expect(CONTROLS);
	make_base(LONG);
	CHANGE(VIOLATE_HOST, VIOLATE_LINK, LIST_OF(1), AT(0, ILLEGAL));
	expect(HOST);
	make_base(LONG);
	CHANGE(VIOLATE_GUEST, LIST_OF(1), AT(0, ILLEGAL));
	expect(GUEST);
	make_base(PAE);
	CHANGE(VIOLATE_PDPTES, LIST_OF(1), AT(0, ILLEGAL));
	expect(PDPTES);
	make_base(LONG);
	CHANGE(VIOLATE_LINK, LIST_OF(1), AT(0, ILLEGAL));
	expect(LINK);
}

static void a_processor_may_refuse_an_nmi_with_blocking_by_sti_or_not(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(SET(guest_rflags, BIT(9) | BIT(1)), SET(guest_interruptibility_state, 1),
	       SET(entry_interruption_information, 0x80000202));
	expect(SUCCESS | NMI);
	CHANGE(LIST_OF(1), AT(0, ILLEGAL));
	expect(MSR_1 | NMI);
	CHANGE(SET(guest_fs_base, BIT(63)));
	expect(GUEST | NMI);
	CHANGE(VIOLATE_HOST);
	expect(HOST);
}

static void only_an_nmi_and_only_blocking_by_sti_have_that_freedom(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(SET(guest_rflags, BIT(9) | BIT(1)), SET(guest_interruptibility_state, 8),
	       SET(entry_interruption_information, 0x80000202));
	expect(SUCCESS);
	CHANGE(SET(guest_interruptibility_state, 2));
	expect(GUEST);
	CHANGE(SET(guest_interruptibility_state, 1), SET(entry_interruption_information, 0x202));
	expect(SUCCESS);
	CHANGE(SET(entry_interruption_information, 0x80000020));
	expect(GUEST);
}

static void the_first_entry_that_fails_is_the_one_that_is_told(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(LIST_OF(3), AT(0, LEGAL), AT(1, LEGAL), AT(2, LEGAL));
	expect(SUCCESS);
	CHANGE(AT(2, ILLEGAL));
	expect(MSR_3);
	CHANGE(AT(1, ILLEGAL));
	expect(MSR_2);
	CHANGE(AT(0, ILLEGAL));
	expect(MSR_1);
	CHANGE(LIST_OF(0));
	expect(SUCCESS);
}

static void each_msr_that_may_not_be_in_the_list_fails_it(void **state)
{
	static const u32 illegal[] = { 0x9b, 0x9e, 0x800, 0x8ff, 0xc0000100, 0xc0000101 };

	(void)state;
	make_base(LONG);
	for (unsigned i = 0; i < COUNT(illegal); i++) {
		CHANGE(LIST_OF(2), AT(0, illegal[i]), AT(1, ILLEGAL));
		expect(MSR_1);
	}
}

static void the_time_stamp_counter_may_be_loaded_with_any_value(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(LIST_OF(1), AT(0, 0x10), STORE(LIST + 8, ~0ul));
	expect(SUCCESS);
}

static void the_reserved_half_of_an_entry_fails_it(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(LIST_OF(3), AT(0, LEGAL), AT(1, LEGAL | BIT(32)), AT(2, ILLEGAL));
	expect(MSR_2);
}

static void an_msr_that_the_model_does_not_know_may_be_loaded_or_not(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(LIST_OF(3), AT(0, LEGAL), AT(1, UNKNOWN), AT(2, LEGAL));
	expect(SUCCESS | MSR_2);
	CHANGE(AT(2, ILLEGAL));
	expect(MSR_2 | MSR_3);
	CHANGE(AT(1, ILLEGAL), AT(2, UNKNOWN));
	expect(MSR_2);
	CHANGE(AT(1, MICROCODE), AT(2, LEGAL));
	expect(SUCCESS | MSR_2);
}

static void another_lma_in_the_list_may_be_loaded_or_not(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(LIST_OF(1), AT(0, 0xc0000080), STORE(LIST + 8, 0xd01));
	expect(SUCCESS);
	CHANGE(STORE(LIST + 8, 0x901));
	expect(SUCCESS | MSR_1);
	CHANGE(STORE(LIST + 8, 0xc01));
	expect(MSR_1);
}

static void a_list_in_memory_that_nobody_knows_may_fail_anywhere(void **state)
{
	(void)state;
	make_base(LONG);
	CHANGE(LIST_OF(3), SET(entry_msr_load_address, BIT(30)));
	expect(SUCCESS | MSR_1 | MSR_2 | MSR_3);
}

static void a_list_beyond_the_recommended_maximum_may_end_in_any_way(void **state)
{
	struct entry_set violated;

	(void)state;
	make_base(LONG);
	CHANGE(LIST_OF(513), AT(0, ILLEGAL));
	violated = entry_violations(&world);
	for (unsigned i = 0; i < COUNT(ends); i++)
		if (ends[i].outcome.end == ENTRY_FAILS && ends[i].outcome.number == 34)
			assert_true(entry_allows(&world, &violated, &ends[i].outcome));
	assert_true(entry_allows(&world, &violated, &success));
	CHANGE(VIOLATE_GUEST);
	expect(GUEST);
}

static void pdptes_and_a_link_that_nobody_knows_may_be_wrong(void **state)
{
	(void)state;
	make_base(PAE_WITHOUT_EPT);
	CHANGE(SET(guest_cr3, BIT(30)));
	expect(SUCCESS | PDPTES);
	CHANGE(LIST_OF(1), AT(0, ILLEGAL));
	expect(MSR_1 | PDPTES);
	make_base(PAE_WITHOUT_EPT);
	CHANGE(SET(guest_cr3, sizeof(world_memory) - 32));
	expect(SUCCESS);
	make_base(LONG);
	CHANGE(SET(vmcs_link_pointer, BIT(30)));
	expect(SUCCESS | LINK);
	CHANGE(VIOLATE_GUEST);
	expect(GUEST | LINK);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_legal_guest_may_enter_and_nothing_else),
	cmocka_unit_test(each_stage_has_its_own_end),
	cmocka_unit_test(stages_of_one_rank_may_end_as_each_of_them),
	cmocka_unit_test(controls_and_host_come_before_the_guest_and_that_before_the_msrs),
	cmocka_unit_test(a_processor_may_refuse_an_nmi_with_blocking_by_sti_or_not),
	cmocka_unit_test(only_an_nmi_and_only_blocking_by_sti_have_that_freedom),
	cmocka_unit_test(the_first_entry_that_fails_is_the_one_that_is_told),
	cmocka_unit_test(each_msr_that_may_not_be_in_the_list_fails_it),
	cmocka_unit_test(the_time_stamp_counter_may_be_loaded_with_any_value),
	cmocka_unit_test(the_reserved_half_of_an_entry_fails_it),
	cmocka_unit_test(an_msr_that_the_model_does_not_know_may_be_loaded_or_not),
	cmocka_unit_test(another_lma_in_the_list_may_be_loaded_or_not),
	cmocka_unit_test(a_list_in_memory_that_nobody_knows_may_fail_anywhere),
	cmocka_unit_test(a_list_beyond_the_recommended_maximum_may_end_in_any_way),
	cmocka_unit_test(pdptes_and_a_link_that_nobody_knows_may_be_wrong),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
