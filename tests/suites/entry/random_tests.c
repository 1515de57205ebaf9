/* random_tests.c -- the tests that try states of VM entry made at random (docs/entry.md)
 *
 * The first disagreement of a run is made small, and printed as a scenario.
 */
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "kernel/print.h"
#include "tests/report/options.h"
#include "tests/report/test.h"
#include "tests/suites/entry/coverage.h"
#include "tests/suites/entry/disagreement.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/poison_measure.h"
#include "tests/suites/entry/printed_case.h"
#include "tests/suites/entry/random_case.h"
#include "tests/suites/entry/report.h"
#include "tests/suites/entry/rule_sets.h"
#include "tests/suites/entry/run.h"
#include "tests/suites/entry/start.h"

#define USUAL_COUNT       1000ul                /* cases of a run without count= */
#define PROGRESS_INTERVAL 2500ul                /* cases between two lines of progress */

/* The cases of a run, and what they came to. */
struct entry_run {
	struct entry_machine machine;
	struct entry_attempt attempt;           /* of the last case */
	u64 start[ENTRY_FIELDS];
	memory_mark_t mark;
	u64 seed, count, tried, not_offered;
	u64 verdicts[ENTRY_VERDICTS];
	struct entry_coverage coverage;
	bool silent;                            /* no disagreement is reported */
};

static struct entry_run entry_run;

/* --- Bases ------------------------------------------------------------------------------------ */

/* No guest runs without EPT, so that whatever its state comes to, it reaches no memory but its
 * own. */
static bool has_random_cases(const struct entry_base *base)
{
	return !(base->kinds & (BASE_ILLEGAL | BASE_WITHOUT_EPT));
}

static u64 count_bases(void)
{
	u64 count = 0;

	for (unsigned i = 0; i < ENTRY_BASES; i++)
		count += has_random_cases(&entry_bases[i]);
	return count;
}

static bool start_base(struct entry_run *run, const struct entry_base *base)
{
	run->mark = memory_mark();
	run->machine.start = run->start;
	if (entry_start(&run->machine, base))
		return false;
	run->start[ENTRY_FIELD_host_rip] = run->machine.state.fields[ENTRY_FIELD_host_rip];
	if (!entry_base_is_poisoned(base))
		entry_poison_measure(&run->machine);
	if (run->machine.poison.count < 2)
		return false;
	run->machine.poison.stays = true;
	run->attempt.poison_rules = entry_poison_rules(&run->machine);
	return true;
}

static void end_base(struct entry_run *run)
{
	entry_end(&run->machine);
	memory_release(run->mark);
}

/* --- A disagreement --------------------------------------------------------------------------- */

static void report_disagreement(struct entry_run *run, struct entry_case *tried, u64 number)
{
	const struct entry_observed *observed = &run->attempt.observed;
	const struct entry_base *base = run->machine.base;
	struct entry_difference first = observed->differences[0];
	char origin[80], found[160];
	struct text text = TEXT_IN(found);

	first.exists = observed->count;
	entry_add_end(&text, &observed->outcome, observed->reason, &first);
	FAIL("case %lu of seed %lu, of base %s: %s, expected what the model says", number,
	     run->seed, base->name, found);
	print_into(origin, sizeof(origin), "From entry/random with seed=%lu, case %lu.", run->seed,
		   number);
	entry_report_disagreement(&run->machine, tried, &run->attempt, origin);
	end_base(run);
	start_base(run, base);
}

/* --- A run ------------------------------------------------------------------------------------ */

static void try_case(struct entry_run *run, u64 number)
{
	struct entry_attempt *attempt = &run->attempt;
	struct entry_case tried;

	entry_random(&run->machine, &tried, &attempt->violated, run->seed, number);
	entry_attempt(&run->machine, &tried, attempt);
	if (attempt->verdict >= ENTRY_EXCUSED)
		entry_coverage_add(&run->coverage, &tried, attempt);
	if (run->verdicts[attempt->verdict]++ == 0 && attempt->verdict == ENTRY_DISAGREES &&
	    !run->silent)
		report_disagreement(run, &tried, number);
}

static void count_one(struct entry_run *run)
{
	run->tried++;
	if (run->tried % PROGRESS_INTERVAL == 0 && run->tried < run->count)
		note("%lu cases so far", run->tried);
}

typedef void try_t(struct entry_run *run, u64 number);

/* The base must stand as it did, or the cases after one that left it otherwise were others. */
static void try_base(struct entry_run *run, try_t *try, u64 first, u64 step)
{
	enum entry_field changed;

	for (u64 number = first; number < run->count; number += step) {
		try(run, number);
		count_one(run);
	}
	if (!entry_base_stands(&run->machine, &changed))
		FAIL("after the cases of the base %s the field %s is not as it was before",
		     run->machine.base->name, entry_field_name(changed));
}

/* A base that is not entered rightly itself has a test of its own, entry_matrix/NAME, which says
 * so. */
static bool is_sound(struct entry_run *run)
{
	struct entry_case as_it_is = { .count = 0 };

	run->attempt.violated = (struct entry_set){ { 0 } };
	entry_attempt(&run->machine, &as_it_is, &run->attempt);
	if (run->attempt.mistake || run->attempt.verdict != ENTRY_DISAGREES)
		return true;
	note("the base %s is left out, as it is not entered rightly itself",
	     run->machine.base->name);
	return false;
}

static void skip_base(struct entry_run *run, u64 first, u64 step)
{
	for (u64 number = first; number < run->count; number += step) {
		run->not_offered++;
		count_one(run);
	}
}

/* The number of a case says its base.  All of a base are tried before those of the next, as it
 * takes long to start one. */
static void try_cases(struct entry_run *run, try_t *try)
{
	u64 step = count_bases(), first = 0;

	run->tried = 0;
	for (unsigned i = 0; i < ENTRY_BASES && first < run->count; i++) {
		if (!has_random_cases(&entry_bases[i]))
			continue;
		if (start_base(run, &entry_bases[i]) && is_sound(run))
			try_base(run, try, first, step);
		else
			skip_base(run, first, step);
		end_base(run);
		first++;
	}
}

/* Like a test on request: by a glob that has no wildcard in the group's name. */
static bool is_asked_for(void)
{
	return options_pick(&options_of_run, "entry/random", true);
}

static void note_totals(const struct entry_run *run)
{
	const u64 *verdicts = run->verdicts;

	note("seed %lu, %lu cases", run->seed, run->count);
	entry_coverage_note(&run->coverage, is_asked_for());
	if (verdicts[ENTRY_HINGES])
		note("%lu not run, as they hinge on a rule of except=", verdicts[ENTRY_HINGES]);
	if (verdicts[ENTRY_EXCUSED])
		note("%lu agree but for a rule or a field of except=", verdicts[ENTRY_EXCUSED]);
	if (verdicts[ENTRY_LEFT_OPEN])
		note("%lu not run, as the SDM lets them be entered or refused",
		     verdicts[ENTRY_LEFT_OPEN]);
	if (verdicts[ENTRY_NOT_RUN])
		note("%lu not run, as they could do harm", verdicts[ENTRY_NOT_RUN]);
	if (run->not_offered)
		note("%lu not run, as their base is not offered, or not sound", run->not_offered);
	note("%lu disagreements", verdicts[ENTRY_DISAGREES]);
}

/* False if there can be no run; the reason was reported. */
static bool run_start(struct entry_run *run, entry_mistake_t *mistake)
{
	struct word wrong;

	*run = (struct entry_run){
		.seed = options_of_run.seed,
		.count = options_of_run.count ? options_of_run.count : USUAL_COUNT,
		.attempt = { .mistake = mistake },
	};
	if (entry_excepted_parse(options_of_run.except, &run->attempt.excepted, &wrong))
		return true;
	error("except= takes no %.*s; it takes names of tests, entry_rules/NAME, "
	      "entry_fields/NAME, entry_aftermath/NAME and entry_matrix/hlt", (int)wrong.length,
	      wrong.start);
	return false;
}

static void try_all(entry_mistake_t *mistake)
{
	struct entry_run *run = &entry_run;

	if (!run_start(run, mistake))
		return;
	try_cases(run, try_case);
	note_totals(run);
	if (!mistake)
		entry_coverage_expect_variety(&run->coverage);
}

TEST("entry/random", "VM entry in states made at random ends as the model says", "VM Entries")
{
	try_all(NULL);
}

/* --- A model that is wrong on purpose --------------------------------------------------------- */

static void forget_rule(__attribute__((unused)) const struct entry_state *state,
			struct entry_set *violated)
{
	entry_set_remove(violated, ENTRY_RULE_efer_lma_differs_from_mode);
}

static void take_guest_first(__attribute__((unused)) const struct entry_state *state,
			     struct entry_set *violated)
{
	if (!entry_set_has_stage(violated, ENTRY_STAGE_GUEST))
		return;
	for (enum entry_rule rule = 0; rule < ENTRY_RULES; rule++)
		if (entry_rule_rows[rule].stage <= ENTRY_STAGE_HOST)
			entry_set_remove(violated, rule);
}

#define VALID BIT(31)                           /* of an event to be injected */

static void forbid_events(const struct entry_state *state, struct entry_set *violated)
{
	if (state->fields[ENTRY_FIELD_entry_interruption_information] & VALID)
		entry_set_add(violated, ENTRY_RULE_hlt_with_event);
}

/* These must fail, and what they print is wrong: tests/boot/random.t tries with them whether a
 * disagreement is noticed, made small and printed. */
TEST_ON_REQUEST("mistake/entry_rule",
		"a model that has forgotten a rule of VM entry agrees all the same", "")
{
	try_all(forget_rule);
}

TEST_ON_REQUEST("mistake/entry_order",
		"a model that looks at guest state before controls agrees all the same", "")
{
	try_all(take_guest_first);
}

TEST_ON_REQUEST("mistake/entry_refusal",
		"a model that refuses a legal state agrees all the same", "")
{
	try_all(forbid_events);
}

/* --- Cases to read ---------------------------------------------------------------------------- */

static void print_case(struct entry_run *run, u64 number)
{
	struct entry_attempt *attempt = &run->attempt;
	struct entry_case tried;
	char origin[80];

	entry_random(&run->machine, &tried, &attempt->violated, run->seed, number);
	entry_attempt(&run->machine, &tried, attempt);
	if (attempt->verdict < ENTRY_AGREES)
		return;
	print_into(origin, sizeof(origin), "Case %lu of entry/random with seed=%lu.", number,
		   run->seed);
	entry_print(&run->machine, &tried, attempt, origin);
}

TEST_ON_REQUEST("print/entry_random",
		"states made at random as scenarios that expect what the model says", "")
{
	struct entry_run *run = &entry_run;

	if (run_start(run, NULL))
		try_cases(run, print_case);
}

/* --- What it costs ---------------------------------------------------------------------------- */

/* The instructions that each of so many cases costs on average. */
static u64 ticks_of_cases(struct entry_run *run, u64 count)
{
	u64 start = tsc_read();

	run->count = count;
	try_cases(run, try_case);
	return (tsc_read() - start) / count;
}

TEST_ON_REQUEST("bench/entry_random",
		"instructions of a state made at random, all in, and how that and memory grow", "")
{
	struct entry_run *run = &entry_run;
	memory_mark_t mark = memory_mark();

	if (!run_start(run, NULL))
		return;
	run->silent = true;
	note("bench entry_random %lu instructions", ticks_of_cases(run, 1000));
	note("bench entry_random_of_10000 %lu instructions", ticks_of_cases(run, 10000));
	note("bench entry_random_of_100000 %lu instructions", ticks_of_cases(run, 100000));
	note("bench entry_random_memory_growth %lu bytes", memory_mark().next - mark.next);
}

TEST_ON_REQUEST("bench/entry_random_of_1000000", "the same for a million, which take long", "")
{
	struct entry_run *run = &entry_run;

	if (!run_start(run, NULL))
		return;
	run->silent = true;
	note("bench entry_random_of_1000000 %lu instructions", ticks_of_cases(run, 1000000));
}
