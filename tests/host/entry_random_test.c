/* entry_random_test.c -- states of VM entry made at random: what they are, how they are made
 * smaller, which of them an L0 is excused for, and how they are printed
 * links: tests/suites/entry/random_case.c tests/suites/entry/shrink.c tests/suites/entry/palette.c
 * links: tests/suites/entry/fields.c tests/suites/entry/run.c tests/suites/entry/excepted.c
 * links: tests/suites/entry/printed_case.c tests/suites/entry/printed_pages.c
 * links: tests/suites/entry/poison.c tests/suites/cases/case_line.c
 * links: tests/model/entry_rules.c tests/model/vm_entry.c tests/report/options.c
 * links: tests/report/glob.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "tests/suites/entry/aftermath.h"
#include "tests/suites/entry/excepted.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/host.h"
#include "tests/suites/entry/information.h"
#include "tests/suites/entry/palette.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/printed_case.h"
#include "tests/suites/entry/random_case.h"
#include "tests/suites/entry/rule_sets.h"
#include "tests/suites/entry/run.h"
#include "tests/suites/entry/shrink.h"
#include "vmx/capabilities.h"
#include "vmx/start_vmcs.h"

/* The model has names of its own for bits that the kernel names alike. */
#define BITS_H
#include "kernel/control_registers.h"
#include "tests/host/entry_world.h"

/* --- In place of the kernel, where no guest is entered --- */

struct vmx_capabilities vmx_capabilities = { .physical_width = WORLD_WIDTH, .linear_width = 48 };
bool watchdog_by_apic;

/* Every field is there. */
const struct vmcs_set *vmcs_fields(void)
{
	static struct vmcs_set all;

	memset(&all, 0xff, sizeof(all));
	return &all;
}

void vm_enter(struct vm *vm) { (void)vm; abort(); }
void watchdog_arm_apic(void) { abort(); }
void vmcs_write_refused(enum vmcs_field field, u64 value) { (void)field, (void)value; abort(); }
void vmcs_read_refused(enum vmcs_field field) { (void)field; abort(); }
void entry_fill_registers(struct registers *registers) { (void)registers; abort(); }
void entry_host_disturb(void) { abort(); }
void entry_information_prepare(struct entry_information *information)
{
	(void)information;
	abort();
}
void entry_judge_aftermath(struct entry_machine *machine, const struct entry_case *tried,
			   bool whole, struct entry_observed *observed)
{
	(void)machine, (void)tried, (void)whole, (void)observed;
	abort();
}
void serial_write(const char *text, size_t length) { (void)text, (void)length; }

const char *vmcs_field_name(u32 encoding)
{
	switch (encoding) {
#define VMCS(encoding, width, kind, name) case encoding: return #name;
#include "vmx/vmcs.def"
#undef VMCS
	default: return NULL;
	}
}

const char *exit_name(u32 reason)
{
	static char name[16];

	snprintf(name, sizeof(name), "exit_%x", reason);
	return name;
}

static char printed[16 * 1024];

__attribute__((format(printf, 1, 2)))
void note(const char *format, ...);

void note(const char *format, ...)
{
	size_t length = strlen(printed);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(printed + length, sizeof(printed) - length - 1, format, arguments);
	va_end(arguments);
	strcat(printed, "\n");
}

/* --- A machine in the legal state --- */

static const struct entry_base base = { .name = "world", .mode = MODE_long64 };
static struct entry_machine machine;
static u64 start[ENTRY_FIELDS];

static int make_machine(void **state)
{
	(void)state;
	make_world();
	machine = (struct entry_machine){
		.base = &base, .state = world, .start = start, .processor = processor,
		.memory = { .page = { 0x1000 }, .exit_load_list = { 0x2000 } },
	};
	memcpy(start, world.fields, sizeof(start));
	entry_poison_start(&machine);
	machine.poison.count = 2;               /* the first two can be used */
	machine.poison.usable[1] = 1;
	printed[0] = '\0';
	return 0;
}

static struct entry_set violations_of(const struct entry_case *tried)
{
	struct entry_set violated;

	entry_case_twist(&machine, tried);
	violated = entry_violations(&machine.state);
	entry_case_untwist(&machine, tried);
	return violated;
}

/* --- Made at random --- */

static bool is_same(const struct entry_case *one, const struct entry_case *other)
{
	if (one->count != other->count)
		return false;
	for (unsigned i = 0; i < one->count; i++)
		if (one->twists[i].field != other->twists[i].field
		    || one->twists[i].value != other->twists[i].value)
			return false;
	return true;
}

static void a_seed_and_a_number_make_one_case(void **state)
{
	struct entry_case first, again;
	struct entry_set violated;
	unsigned alike = 0;

	(void)state;
	for (unsigned i = 0; i < 200; i++) {
		entry_random(&machine, &first, &violated, 7, i);
		entry_random(&machine, &again, &violated, 7, i + 1);
		alike += is_same(&first, &again);
		entry_random(&machine, &again, &violated, 8, i);
		alike += is_same(&first, &again);
		entry_random(&machine, &again, &violated, 7, i);
		assert_true(is_same(&first, &again));
	}
	assert_in_range(alike, 0, 60);          /* many have no twist */
}

static void a_case_violates_what_is_said_and_leaves_the_state(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		struct entry_set said, found;
		struct entry_case tried;

		entry_random(&machine, &tried, &said, 1, i);
		assert_memory_equal(machine.state.fields, world.fields, sizeof(world.fields));
		found = violations_of(&tried);
		assert_memory_equal(&said, &found, sizeof(said));
	}
}

static void cases_violate_no_rule_or_one_or_more(void **state)
{
	unsigned sizes[3] = { 0 };

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		struct entry_set violated;
		struct entry_case tried;
		unsigned count;

		entry_random(&machine, &tried, &violated, 2, i);
		count = entry_set_count(&violated);
		sizes[count < 2 ? count : 2]++;
	}
	for (unsigned i = 0; i < COUNT(sizes); i++)
		assert_in_range(sizes[i], 200, 1400);
}

static void a_case_never_twists_controls_and_what_holds_poison(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		bool harmful = false, poison = false;
		struct entry_set violated;
		struct entry_case tried;

		entry_random(&machine, &tried, &violated, 3, i);
		for (unsigned twist = 0; twist < tried.count; twist++) {
			harmful |= !entry_field_is_harmless(tried.twists[twist].field);
			poison |= entry_poison_is_in(&machine, tried.twists[twist].field);
		}
		assert_false(harmful && poison);
	}
}

/* --- Made smaller --- */

/* Needs bit 3 of RSP, and DR7 as it is. */
static bool needs_two(void *context, const struct entry_case *tried)
{
	bool rsp = false, dr7 = false;

	(*(unsigned *)context)++;
	for (unsigned i = 0; i < tried->count; i++) {
		const struct entry_twist *twist = &tried->twists[i];

		rsp |= twist->field == ENTRY_FIELD_guest_rsp && twist->value & BIT(3);
		dr7 |= twist->field == ENTRY_FIELD_guest_dr7 && twist->value == 0x777;
	}
	return rsp && dr7;
}

static bool dr7_is_whole(void *context, enum entry_field field)
{
	(void)context;
	return field == ENTRY_FIELD_guest_dr7;
}

static void what_a_case_does_not_need_is_dropped(void **state)
{
	struct entry_case tried = { .count = 4, .twists = {
		{ ENTRY_FIELD_guest_rip, 1 }, { ENTRY_FIELD_guest_rsp, 0xb000 ^ 0xff },
		{ ENTRY_FIELD_guest_dr7, 0x777 }, { ENTRY_FIELD_guest_cr3, 0x5000 } } };
	unsigned count = 0;

	(void)state;
	entry_shrink(&tried, world.fields, dr7_is_whole, needs_two, &count);
	assert_in_range(count, 4, 40);
	assert_int_equal(tried.count, 2);
	assert_int_equal(tried.twists[0].field, ENTRY_FIELD_guest_rsp);
	assert_int_equal(tried.twists[0].value, 0xb000 ^ BIT(3));
	assert_int_equal(tried.twists[1].value, 0x777);
}

/* --- Excepted rules and fields --- */

static struct word word_of(const char *text)
{
	return (struct word){ text, strlen(text) };
}

static void rules_and_fields_are_named_by_their_tests(void **state)
{
	struct entry_excepted excepted;
	struct word wrong;

	(void)state;
	assert_true(entry_excepted_parse(word_of(""), &excepted, &wrong));
	assert_true(entry_set_is_empty(&excepted.rules));
	assert_true(entry_excepted_parse(word_of("bit_12_of_large_page,entry_rules/tr_type,"
						 "entry_fields/guest_dr7"), &excepted, &wrong));
	assert_true(entry_set_has(&excepted.rules, ENTRY_RULE_tr_type));
	assert_int_equal(entry_set_count(&excepted.rules), 1);
	assert_int_equal(excepted.fields[ENTRY_FIELD_guest_dr7 / 64],
			 BIT(ENTRY_FIELD_guest_dr7 % 64));
	assert_false(entry_excepted_parse(word_of("entry_rules/tr_type,tr_type"), &excepted,
					  &wrong));
	assert_int_equal(wrong.length, strlen("tr_type"));
	assert_false(entry_excepted_parse(word_of("entry_rules/tr_typ"), &excepted, &wrong));
	assert_false(entry_excepted_parse(word_of(","), &excepted, &wrong));
}

static struct entry_set set_of(enum entry_rule one, enum entry_rule other)
{
	struct entry_set set = { { 0 } };

	entry_set_add(&set, one);
	entry_set_add(&set, other);
	return set;
}

static void an_end_hinges_on_a_rule_that_is_alone_in_its_stage(void **state)
{
	struct entry_excepted excepted;
	struct entry_set set;
	struct word wrong;

	(void)state;
	entry_excepted_parse(word_of("entry_rules/tr_type,entry_rules/host_cs_null"), &excepted,
			     &wrong);
	set = set_of(ENTRY_RULE_tr_type, ENTRY_RULE_tr_type);
	assert_true(entry_hinges_on(&excepted, &world, &set));
	set = set_of(ENTRY_RULE_tr_type, ENTRY_RULE_ldtr_type);
	assert_false(entry_hinges_on(&excepted, &world, &set));
	set = set_of(ENTRY_RULE_tr_type, ENTRY_RULE_host_ss_rpl);
	assert_false(entry_hinges_on(&excepted, &world, &set));
	set = set_of(ENTRY_RULE_host_cs_null, ENTRY_RULE_ldtr_type);
	assert_true(entry_hinges_on(&excepted, &world, &set));
	set = set_of(ENTRY_RULE_ldtr_type, ENTRY_RULE_ldtr_type);
	assert_false(entry_hinges_on(&excepted, &world, &set));
}

static void what_a_halted_guest_violates_can_be_excepted(void **state)
{
	struct entry_set guest = set_of(ENTRY_RULE_ldtr_type, ENTRY_RULE_ldtr_type);
	struct entry_set both = set_of(ENTRY_RULE_ldtr_type, ENTRY_RULE_host_ss_rpl);
	struct entry_excepted excepted;
	struct word wrong;

	(void)state;
	assert_true(entry_excepted_parse(word_of("entry_matrix/hlt"), &excepted, &wrong));
	assert_false(entry_hinges_on(&excepted, &world, &guest));
	world.fields[ENTRY_FIELD_guest_activity_state] = 1;
	assert_true(entry_hinges_on(&excepted, &world, &guest));
	assert_false(entry_hinges_on(&excepted, &world, &both));
	assert_false(entry_excepted_parse(word_of("entry_matrix/pae"), &excepted, &wrong));
}

static bool is_excused(const char *names, enum entry_field field)
{
	struct entry_case tried = { .count = 1, .twists = { { field, 0 } } };
	struct entry_outcome refused = { ENTRY_FAILS, 33, 0 };
	struct entry_set none = { { 0 } };
	struct entry_excepted excepted;
	struct word wrong;

	assert_true(entry_excepted_parse(word_of(names), &excepted, &wrong));
	return entry_excuses(&excepted, &world, &tried, &none, &refused);
}

static void only_a_twist_that_the_rule_looks_at_is_excused(void **state)
{
	(void)state;
	assert_true(is_excused("entry_rules/tr_type", ENTRY_FIELD_guest_tr_access_rights));
	assert_false(is_excused("entry_rules/tr_type", ENTRY_FIELD_guest_rsp));
	assert_false(is_excused("entry_rules/host_cs_null", ENTRY_FIELD_host_cs_selector));
	assert_true(is_excused("entry_fields/guest_rip", ENTRY_FIELD_guest_rip));
	assert_false(is_excused("entry_fields/guest_rip", ENTRY_FIELD_guest_rsp));
	assert_false(is_excused("", ENTRY_FIELD_guest_rip));
}

/* --- Printed --- */

static void expect_printed(const char *text)
{
	if (!strstr(printed, text))
		fail_msg("not printed: %s\nbut: %s", text, printed);
}

static void print_case(struct entry_case *tried, struct entry_outcome outcome)
{
	struct entry_attempt attempt = {
		.violated = violations_of(tried), .observed = { .outcome = outcome, .reason = 18 },
		.verdict = ENTRY_DISAGREES,
	};

	attempt.judged = attempt.violated;
	entry_print(&machine, tried, &attempt, "From a test.");
	assert_memory_equal(machine.state.fields, world.fields, sizeof(world.fields));
}

static void a_case_is_printed_with_what_the_model_says(void **state)
{
	struct entry_case tried = { .count = 2, .twists = {
		{ ENTRY_FIELD_guest_rflags, 0 },
		{ ENTRY_FIELD_guest_cr4, BIT(13) | BIT(5) | BIT(9) } } };

	(void)state;
	print_case(&tried, (struct entry_outcome){ ENTRY_SUCCEEDS, 0, 0 });
	expect_printed("  | ; From a test.\n");
	expect_printed("  |         rule_in_part rflags_without_bit_1\n");
	expect_printed("  |         vmcs    GUEST_RFLAGS, value=0\n");
	expect_printed("  |         vmcs    GUEST_CR4, set=0x200\n");
	expect_printed("  |         expect  exit_21, qualification=0\n"
		       "  | ; This processor, where that is not so:\n"
		       "  | ;       expect  exit_12\n");
	assert_null(strstr(printed, "GUEST_RIP"));
	assert_null(strstr(printed, "page    STACK"));
}

static void a_poisoned_case_is_printed_with_its_poison(void **state)
{
	struct entry_case tried = { .count = 1, .poisoned = true,
		.twists = { { ENTRY_FIELD_exit_msr_load_count, 1 } } };

	(void)state;
	print_case(&tried, (struct entry_outcome){ ENTRY_VMFAIL, 7, 0 });
	expect_printed("  |         vmcs    GUEST_RFLAGS, value=0\n");
	expect_printed("  |         vmcs    GUEST_CR4, clear=0x2000\n");
	expect_printed("  |         vmcs    EXIT_MSR_LOAD_COUNT, value=0x1\n");
	expect_printed("  | ;       expect  exit_ff07\n");
}

static void an_address_is_printed_as_a_page(void **state)
{
	struct entry_case tried = { .count = 2, .twists = {
		{ ENTRY_FIELD_pml_address, 0x1008 }, { ENTRY_FIELD_eptp_list_address, 0x1000 } } };

	(void)state;
	print_case(&tried, (struct entry_outcome){ ENTRY_VMFAIL, 7, 0 });
	expect_printed("  |         page    ZEROS, at=0x6000, access=---, size=0x1000\n");
	expect_printed("  |         vmcs    PML_ADDRESS, page=ZEROS\n"
		       "  |         vmcs    PML_ADDRESS, set=0x8\n");
	expect_printed("  |         vmcs    EPTP_LIST_ADDRESS, page=EPTP_LIST\n");
}

#define TEST_OF(function) cmocka_unit_test_setup(function, make_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_OF(a_seed_and_a_number_make_one_case),
		TEST_OF(a_case_violates_what_is_said_and_leaves_the_state),
		TEST_OF(cases_violate_no_rule_or_one_or_more),
		TEST_OF(a_case_never_twists_controls_and_what_holds_poison),
		TEST_OF(what_a_case_does_not_need_is_dropped),
		TEST_OF(rules_and_fields_are_named_by_their_tests),
		TEST_OF(an_end_hinges_on_a_rule_that_is_alone_in_its_stage),
		TEST_OF(what_a_halted_guest_violates_can_be_excepted),
		TEST_OF(only_a_twist_that_the_rule_looks_at_is_excused),
		TEST_OF(a_case_is_printed_with_what_the_model_says),
		TEST_OF(a_poisoned_case_is_printed_with_its_poison),
		TEST_OF(an_address_is_printed_as_a_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
