/* matrix.c -- every bit of every field alone, in every base, and pairs of violated rules */
#include "tests/suites/entry/matrix.h"
#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "kernel/print.h"
#include "tests/report/options.h"
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/palette.h"
#include "tests/suites/entry/poison_measure.h"
#include "tests/suites/entry/rule_pairs.h"
#include "tests/suites/entry/run.h"
#include "tests/suites/entry/start.h"
#include "tests/suites/entry/try.h"
#include "vmx/capabilities.h"

static struct entry_results results;
static struct entry_trial trial = { .results = &results };

/* --- All cases of a base ---------------------------------------------------------------------- */

/* A base that differs from another one in an event or in what blocks events, as most do, tries half
 * as many values of the fields that have nothing to do with it: every second one, and the next such
 * base the others. */
static struct {
	bool every_other;
	unsigned seen;
} values;

static void begin_values(const struct entry_base *base, bool is_asked_for)
{
	values.every_other = base->kinds & BASE_EVERY_OTHER && !is_asked_for;
	values.seen = (unsigned)(base - entry_bases);
}

static bool goes_with_events(enum entry_field field)
{
	switch (field) {
	case ENTRY_FIELD_guest_rflags:
	case ENTRY_FIELD_guest_interruptibility_state:
	case ENTRY_FIELD_guest_activity_state:
	case ENTRY_FIELD_guest_pending_debug_exceptions:
		return true;
	default:
		return entry_field_kind(field) != GUEST;
	}
}

static void try_value(__attribute__((unused)) void *context, enum entry_field field, u64 value)
{
	struct entry_case tried;                /* to clear all of it would take long */

	if (values.every_other && !goes_with_events(field) && values.seen++ % 2)
		return;
	tried.twists[0] = (struct entry_twist){ field, value };
	tried.count = 1;
	entry_try(&trial, &tried);
}

static void try_fields(bool harmless)
{
	for (enum entry_field field = 0; field < ENTRY_FIELDS; field++)
		if (entry_field_exists(field) && entry_field_is_harmless(field) == harmless)
			entry_values(&trial.machine, field, try_value, NULL);
}

static struct entry_twist inverted(enum entry_field field, u64 bits)
{
	return (struct entry_twist){ field, trial.machine.state.fields[field] ^ bits };
}

static void try_pairs_of_fields(void)
{
#define PAIR(field, bits, other, bits_of_other, text)                                              \
	entry_try_two(&trial, inverted(ENTRY_FIELD_##field, bits),                                 \
		      inverted(ENTRY_FIELD_##other, bits_of_other));
#include "tests/suites/entry/pairs.def"
#undef PAIR
}

/* Controls need each other, and most of those that do are in one word. */
static void try_pairs_of_controls(void)
{
	static const u16 words[] = {
		ENTRY_FIELD_pin_based_controls, ENTRY_FIELD_primary_controls,
		ENTRY_FIELD_secondary_controls, ENTRY_FIELD_exit_controls,
		ENTRY_FIELD_entry_controls,
	};

	for (unsigned i = 0; i < COUNT(words); i++)
		for (unsigned high = 1; high < 32; high++)
			for (unsigned low = 0; low < high; low++)
				try_value(NULL, words[i], trial.machine.state.fields[words[i]] ^
					  (BIT(high) | BIT(low)));
}

/* --- Where entries take long ------------------------------------------------------------------ */

/* Ticks of the time-stamp counter; a processor takes a tenth, an L0 that is itself emulated twice
 * as many. */
#define TICKS_OF_LONG_ENTRY 5000
#define ENTRIES_MEASURED    8
#define SHARE_OF_PAIRS      16                  /* of rules: one of so many is tried */

static bool entries_are_long;

/* Of refused entries, as those are most. */
static void measure_entries(void)
{
	struct entry_case poisoned = { .poisoned = true };
	struct entry_observed observed;
	u64 start = tsc_read();

	for (unsigned i = 0; i < ENTRIES_MEASURED; i++) {
		entry_case_run(&trial.machine, &poisoned, &observed);
		entry_case_undo(&trial.machine, &poisoned, &observed);
	}
	entries_are_long = (tsc_read() - start) / ENTRIES_MEASURED > TICKS_OF_LONG_ENTRY;
	results.some_left_out = entries_are_long;
	trial.machine.is_slow = entries_are_long;
}

/* Like a test on request: by a glob that has no wildcard in the group's name. */
static bool is_asked_for(const struct entry_base *base)
{
	char name[64];

	print_into(name, sizeof(name), "entry_matrix/%s", base->name);
	return options_pick(&options_of_run, name, true);
}

static bool takes_too_long(const struct entry_base *base)
{
	return entries_are_long && !(base->kinds & BASE_ALWAYS) && !is_asked_for(base);
}

/* --- Poison ----------------------------------------------------------------------------------- */

/* By hand, as the compiler would call a function of its library for it. */
static unsigned count_bits(u32 bits)
{
	unsigned count = 0;

	for (; bits; bits &= bits - 1)
		count++;
	return count;
}

static void count_poisons(void)
{
	const struct entry_poison *poison = &trial.machine.poison;

	if (poison->count > results.poisons)
		results.poisons = poison->count;
	results.poisons_used = count_bits(poison->used);
}

/* --- The launch state ------------------------------------------------------------------------- */

/* What vm_enter() counts; then it uses VMRESUME. */
#define MORE_THAN_ONE 2

/* A first entry that fails leaves the launch state clear, so that VMRESUME is refused. */
static void judge_launch_state(struct entry_case *failing)
{
	struct vm *vm = &trial.machine.vm;
	struct entry_observed observed;
	struct entry_set none = { { 0 } };

	entry_case_twist(&trial.machine, failing);
	entry_case_run(&trial.machine, failing, &observed);
	vm->entries = MORE_THAN_ONE;
	vm_run(vm);
	vm->entries = 0;
	results.launch_state.cases++;
	if (vm->exit.reason != EXIT_REFUSED(ERROR_vmresume_with_non_launched_vmcs)) {
		struct entry_difference difference = {
			.exists = true, .what = "the exit reason of VMRESUME",
			.found = vm->exit.reason,
			.expected = EXIT_REFUSED(ERROR_vmresume_with_non_launched_vmcs),
		};

		entry_result_keep(&results.launch_state, trial.machine.base, failing, &none,
				  &observed, &difference);
	}
	entry_case_undo(&trial.machine, failing, &observed);
}

static void try_launch_state(void)
{
	struct entry_case poisoned = { .poisoned = true };
	struct entry_case bad_list = {
		.twists = {
			{ ENTRY_FIELD_entry_msr_load_address,
			  trial.machine.memory.entry_lists[1].raw },
			{ ENTRY_FIELD_entry_msr_load_count, BASE_LIST_ENTRIES },
		},
		.count = 2,
	};

	judge_launch_state(&poisoned);
	if (!entry_base_is_poisoned(trial.machine.base))
		judge_launch_state(&bad_list);
}

/* --- All of it -------------------------------------------------------------------------------- */

static bool tries_controls_and_host(const struct entry_base *base)
{
	return base == entry_bases || entry_base_is_poisoned(base) ||
	       !(entries_are_long || base->kinds & BASE_GUEST_ALONE);
}

/* First those that are poisoned, in which no guest is launched. */
static void try_all(const struct entry_base *base)
{
	begin_values(base, is_asked_for(base));
	if (tries_controls_and_host(base))
		try_fields(false);
	if (base->kinds & BASE_PAIRS_OF_CONTROLS && !entries_are_long)
		try_pairs_of_controls();
	try_fields(true);
	try_pairs_of_fields();
	entry_try_pairs_of_rules(&trial, entries_are_long ? SHARE_OF_PAIRS : 1);
}

static void try_base(void)
{
	struct entry_case as_it_is = { .count = 0 };

	entry_try(&trial, &as_it_is);
}

static void forget_base(void)
{
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		trial.examples[rule].known = false;
	trial.base_rules = entry_violations(&trial.machine.state);
}

static void try_started(struct entry_base_result *result, const struct entry_base *base)
{
	forget_base();
	results.processor = trial.machine.processor;
	if (!entry_base_is_poisoned(base))
		entry_poison_measure(&trial.machine);
	result->uncontained = trial.machine.poison.count < 2;
	if (result->uncontained)
		return;
	if (base == entry_bases)
		measure_entries();
	if (!trial.machine.vm.entries)
		try_launch_state();
	try_base();
	if (!(base->kinds & BASE_ILLEGAL))
		try_all(base);
	count_poisons();
	result->changed = !entry_base_stands(&trial.machine, &result->changed_field);
}

static void run_base(struct entry_base_result *result, const struct entry_base *base)
{
	memory_mark_t mark = memory_mark();

	result->left_out = takes_too_long(base);
	if (result->left_out)
		return;
	result->lacks = entry_start(&trial.machine, base);
	if (!result->lacks)
		try_started(result, base);
	entry_end(&trial.machine);
	memory_release(mark);
}

/* In the order of the table, whatever is asked for: a pair of rules is tried in the first base that
 * it can be tried in. */
static void run_up_to(unsigned end)
{
	static unsigned done;

	for (; done < end; done++) {
		u64 start = tsc_read();

		run_base(&results.bases[done], &entry_bases[done]);
		results.ticks += tsc_read() - start;
		note("%s: %u cases", entry_bases[done].name, results.bases[done].cases);
	}
}

const struct entry_results *entry_matrix(void)
{
	run_up_to(ENTRY_BASES);
	return &results;
}

const struct entry_base_result *entry_matrix_base(unsigned base)
{
	run_up_to(base + 1);
	return &results.bases[base];
}

/* --- Dangers ---------------------------------------------------------------------------------- */

static void try_danger(struct entry_base_result *result, struct entry_case *tried)
{
	struct entry_set violated = entry_violations(&trial.machine.state);
	struct entry_observed observed;

	result->cases = 1;
	entry_case_run(&trial.machine, tried, &observed);
	if (!entry_allows(&trial.machine.state, &violated, &observed.outcome))
		entry_result_keep(&result->result, trial.machine.base, tried, &violated, &observed,
				  NULL);
	entry_case_undo(&trial.machine, tried, &observed);
}

struct entry_base_result entry_matrix_danger(enum entry_danger danger, const char *text)
{
	struct entry_danger_case row = entry_danger_case(danger);
	struct entry_base_result result = { .lacks = entry_start(&trial.machine, row.base) };

	if (!result.lacks) {
		u64 value = trial.machine.state.fields[row.field] ^ row.bits;
		struct entry_case tried = { .twists = { { row.field, value } }, .count = 1 };

		entry_case_twist(&trial.machine, &tried);
		if (entry_is_danger(&trial.machine.state, danger)) {
			may_end_machine(text);
			try_danger(&result, &tried);
		} else {
			entry_case_untwist(&trial.machine, &tried);
		}
	}
	entry_end(&trial.machine);
	return result;
}
