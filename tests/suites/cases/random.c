/* random.c -- the tests that try cases made at random (README.md)
 *
 * The first disagreement of a run is made small, and printed as a scenario.
 */
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "kernel/print.h"
#include "tests/report/options.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case_print.h"
#include "tests/suites/cases/case_quirks.h"
#include "tests/suites/cases/case_random.h"
#include "tests/suites/cases/case_report.h"
#include "tests/suites/cases/case_try.h"

#define USUAL_COUNT       2000ul                /* cases of a run without count= */
#define PROGRESS_INTERVAL 10000ul               /* cases between two lines of progress */
#define EXPECTED_TO_VARY  500ul                 /* so many cases must have every outcome */
#define EVENTS            (MODEL_BEYOND_MEMORY + 1)

/* The cases of a run, and what they came to. */
struct random_run {
	struct case_machine machine;
	struct case_result result;              /* of the last case */
	u64 seed, count;
	u64 events[EVENTS], other_exits;
	u64 excepted[QUIRKS];
	u64 not_run, disagreements;
};

static struct random_run random_run;

/* --- A disagreement -------------------------------------------------------------------------- */

static void fail_at_case(const struct random_run *run, u64 number)
{
	const struct case_result *result = &run->result;
	char found[160], expected[160];

	if (result->known)
		model_outcome_text(found, sizeof(found), &result->outcome);
	else
		print_into(found, sizeof(found), "exit %s", exit_name(result->exit));
	model_prediction_text(expected, sizeof(expected), &result->prediction);
	if (result->verdict == CASE_ENTRIES_DIFFER)
		FAIL("case %lu of seed %lu: an entry went from %#lx to %#lx, expected %s", number,
		     run->seed, result->entry->before, result->entry->after, expected);
	else
		FAIL("case %lu of seed %lu: %s, expected %s", number, run->seed, found, expected);
}

static void report_disagreement(struct random_run *run, struct test_case *test_case, u64 number)
{
	char origin[80];

	fail_at_case(run, number);
	print_into(origin, sizeof(origin), "From ept/random with seed=%lu, case %lu.", run->seed,
		   number);
	case_report(&run->machine, test_case, &run->result, origin);
}

/* --- A run ----------------------------------------------------------------------------------- */

static void count_outcome(struct random_run *run)
{
	if (run->result.known)
		run->events[run->result.outcome.event]++;
	else
		run->other_exits++;
	for (enum quirk quirk = 0; quirk < QUIRKS; quirk++)
		if (run->result.quirks & BIT(quirk))
			run->excepted[quirk]++;
}

static void try_case(struct random_run *run, u64 number)
{
	struct test_case test_case;

	case_random(&test_case, &run->machine.memory.offers, run->seed, number);
	if (!case_try(&run->machine, &test_case, &run->result)) {
		run->not_run++;
		return;
	}
	count_outcome(run);
	if (case_differs(&run->result) && run->disagreements++ == 0)
		report_disagreement(run, &test_case, number);
}

static void try_cases(struct random_run *run)
{
	for (u64 number = 0; number < run->count; number++) {
		try_case(run, number);
		if ((number + 1) % PROGRESS_INTERVAL == 0 && number + 1 < run->count)
			note("%lu cases so far", number + 1);
	}
}

static void note_totals(const struct random_run *run)
{
	note("seed %lu, %lu cases: %lu complete, %lu EPT violations, %lu EPT misconfigurations, "
	     "%lu page faults", run->seed, run->count, run->events[MODEL_COMPLETES],
	     run->events[MODEL_EPT_VIOLATION], run->events[MODEL_EPT_MISCONFIGURATION],
	     run->events[MODEL_PAGE_FAULT]);
	for (enum quirk quirk = 0; quirk < QUIRKS; quirk++)
		if (run->excepted[quirk])
			note("%lu agree but for %s: %s", run->excepted[quirk], quirk_name(quirk),
			     quirk_text(quirk));
	if (run->not_run)
		note("%lu not run, as they lead to memory that is not the guest's", run->not_run);
	if (run->other_exits)
		note("%lu other exits", run->other_exits);
	note("%lu disagreements", run->disagreements);
}

/* A run in which one outcome is rare would test little. */
static void expect_variety(const struct random_run *run)
{
	static const enum model_event events[] = {
		MODEL_COMPLETES, MODEL_EPT_VIOLATION, MODEL_EPT_MISCONFIGURATION, MODEL_PAGE_FAULT,
	};

	for (unsigned i = 0; i < COUNT(events) && run->count >= EXPECTED_TO_VARY; i++)
		if (run->events[events[i]] < run->count / 10)
			FAIL("one of the four outcomes is that of %lu cases, fewer than a tenth",
			     run->events[events[i]]);
}

/* Fails with a line that ends with the names of all quirks. */
static void refuse_quirk(struct word wrong)
{
	char names[160];
	size_t length = 0;

	for (enum quirk quirk = 0; quirk < QUIRKS; quirk++)
		length += print_into(names + length, sizeof(names) - length, " %s",
				     quirk_name(quirk));
	error("except= takes no %.*s; it takes%s", (int)wrong.length, wrong.start, names);
}

/* False if there can be no run; the reason was reported. */
static bool run_start(struct random_run *run, void (*mistake)(struct model *model))
{
	struct word wrong;
	u32 except;

	if (!quirks_parse(options_of_run.except, &except, &wrong)) {
		refuse_quirk(wrong);
		return false;
	}
	*run = (struct random_run){
		.seed = options_of_run.seed,
		.count = options_of_run.count ? options_of_run.count : USUAL_COUNT,
		.machine = { .except = except, .mistake = mistake },
	};
	return case_machine_start(&run->machine);
}

static void try_all(void (*mistake)(struct model *model))
{
	struct random_run *run = &random_run;

	if (!run_start(run, mistake))
		return;
	try_cases(run);
	note_totals(run);
	expect_variety(run);
	case_machine_end(&run->machine);
}

TEST("ept/random", "accesses made at random end as the model says", "")
{
	try_all(NULL);
}

/* --- A model that is wrong on purpose -------------------------------------------------------- */

static void forget_execute_only(struct model *model)
{
	model->processor.execute_only = !model->processor.execute_only;
}

static void forget_write_protect(struct model *model)
{
	model->guest.cr0 ^= CR0_WP;
}

static void forget_ept_flags(struct model *model)
{
	model->controls.eptp &= ~(u64)EPTP_ACCESSED_DIRTY;
}

/* These must fail, and what they print is wrong: tests/boot/random.t tries with them whether a
 * disagreement is noticed, made small and printed. */
TEST_ON_REQUEST("mistake/execute_only",
		"a model that is wrong about execute-only translations agrees all the same", "")
{
	try_all(forget_execute_only);
}

TEST_ON_REQUEST("mistake/write_protect", "a model that is wrong about CR0.WP agrees all the same",
		"")
{
	try_all(forget_write_protect);
}

TEST_ON_REQUEST("mistake/ept_flags",
		"a model that knows no accessed and dirty flags of EPT agrees all the same", "")
{
	try_all(forget_ept_flags);
}

/* --- Cases to read --------------------------------------------------------------------------- */

static void print_case(struct random_run *run, u64 number)
{
	struct test_case test_case;
	char origin[80];

	case_random(&test_case, &run->machine.memory.offers, run->seed, number);
	if (!case_try(&run->machine, &test_case, &run->result))
		return;
	if (run->result.verdict == CASE_EXCEPTED)
		return;
	print_into(origin, sizeof(origin), "Case %lu of ept/random with seed=%lu.", number,
		   run->seed);
	case_print(&run->machine.memory, &test_case, &run->result, origin);
}

TEST_ON_REQUEST("print/ept_random",
		"cases made at random as scenarios that expect what the model says", "")
{
	struct random_run *run = &random_run;

	if (!run_start(run, NULL))
		return;
	for (u64 number = 0; number < run->count; number++)
		print_case(run, number);
	case_machine_end(&run->machine);
}

/* --- What it costs --------------------------------------------------------------------------- */

/* The instructions that each of so many cases costs on average. */
static u64 ticks_of_cases(struct random_run *run, u64 count)
{
	u64 start = tsc_read();

	run->count = count;
	try_cases(run);
	return (tsc_read() - start) / count;
}

TEST_ON_REQUEST("bench/random_case",
		"instructions of a case made at random, all in, and how that and memory grow", "")
{
	struct random_run *run = &random_run;
	memory_mark_t mark;

	if (!run_start(run, NULL))
		return;
	run->machine.except = (u32)BIT(QUIRKS) - 1;
	mark = memory_mark();
	note("bench random_case %lu instructions", ticks_of_cases(run, 1000));
	note("bench random_case_of_10000 %lu instructions", ticks_of_cases(run, 10000));
	note("bench random_case_of_100000 %lu instructions", ticks_of_cases(run, 100000));
	note("bench random_case_of_1000000 %lu instructions", ticks_of_cases(run, 1000000));
	note("bench random_memory_growth %lu bytes", memory_mark().next - mark.next);
	case_machine_end(&run->machine);
}
