/* matrix_tests.c -- tests of bases, fields, dangerous states, and the order of checks */
#include "kernel/cpu.h"
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/report.h"

static void check_base(const struct test *test)
{
	const struct entry_base *base = test->row;
	const struct entry_base_result *result = entry_matrix_base((unsigned)(base - entry_bases));

	if (result->left_out) {
		skip("entries take long here, so that it is left out; run=entry_matrix/* tries it");
		return;
	}
	if (result->lacks) {
		skip("needs %s, which this processor does not offer", result->lacks);
		return;
	}
	if (result->uncontained)
		FAIL("less than two of the illegal values of poisons.def end in exit 33, so that "
		     "no case is tried");
	if (result->changed)
		FAIL("after its cases the field %s is not as it was before",
		     entry_field_name(result->changed_field));
	entry_report(&result->result);
}

enum {
#define BASE(name, ...) NUMBER_##name,
#include "tests/suites/entry/bases.def"
#undef BASE
};

#define BASE(name, mode, kinds, event, exit, text)                                                 \
	TEST_ROW(name, check_base, &entry_bases[NUMBER_##name], "entry_matrix/" #name,             \
		 "VM entry goes on as it should from this state: " text, "VM Entries");
#include "tests/suites/entry/bases.def"
#undef BASE

static void check_danger(const struct test *test)
{
	const enum entry_danger *danger = test->row;
	struct entry_base_result result = entry_matrix_danger(*danger, test->claim);

	if (result.lacks)
		skip("needs %s, which this processor does not offer", result.lacks);
	else if (!result.cases)
		skip("this processor has no state like that");
	entry_report(&result.result);
}

#define DANGER(name, base, field, bits, is_one, text)                                              \
	static const enum entry_danger name##_danger = ENTRY_DANGER_##name;                        \
	TEST_ROW_ON_REQUEST(name, check_danger, &name##_danger, "entry_danger/" #name, text,       \
			    "VM Entries");
#include "tests/suites/entry/dangers.def"
#undef DANGER

/* --- Fields ----------------------------------------------------------------------------------- */

static void check_field(const struct test *test)
{
	const u16 *field = test->row;
	const struct entry_results *results = entry_matrix();
	const struct entry_result *result = &results->fields[*field];

	entry_report(result);
	if (result->cases || result->wrong)
		return;
	if (!entry_field_exists(*field))
		skip("this processor does not have the field");
	else
		skip("no other value is legal, or could be tried and leave the kernel alive");
}

#define FIELD(encoding, name)                                                                      \
	static const u16 name##_field = ENTRY_FIELD_##name;                                        \
	TEST_ROW(name##_taken, check_field, &name##_field, "entry_fields/" #name,                  \
		 "no legal value of the field is refused", "VM Entries");
#include "tests/model/entry_fields.def"
#undef FIELD

/* --- Aftermath -------------------------------------------------------------------------------- */

struct observation {
	enum entry_observation number;
	enum entry_end end;
};

static void check_observation(const struct test *test)
{
	const struct observation *observation = test->row;
	const struct entry_results *results = entry_matrix();

	entry_report(&results->observations[observation->number]);
	if (!results->ends[observation->end])
		skip("no entry ended so");
}

#define OBSERVATION(name, end, sentence, section)                                                  \
	static const struct observation name##_observation = {                                     \
		ENTRY_OBSERVATION_##name, ENTRY_##end,                                             \
	};                                                                                         \
	TEST_ROW(name, check_observation, &name##_observation, "entry_aftermath/" #name, sentence, \
		 section);
#include "tests/suites/entry/observations.def"
#undef OBSERVATION

TEST("entry_aftermath/launch_state",
     "a first entry that fails for guest state or MSRs leaves the launch state clear",
     "VM-Entry Failures During or After Loading Guest State")
{
	const struct entry_result *result = &entry_matrix()->launch_state;

	entry_report(result);
	if (!result->cases)
		skip("no base can be tried");
}

TEST("entry_matrix/poison",
     "every value of guest state that keeps guests from running is one by turns with the others",
     "Checks on the Guest State Area")
{
	const struct entry_results *results = entry_matrix();

	note("%u of %u values are refused", results->poisons, ENTRY_POISONS);
	EXPECT_EQUAL(results->poisons_used, results->poisons);
	if (!results->cases)
		skip("no base can be tried");
}

/* --- Order, and costs ------------------------------------------------------------------------- */

TEST("entry_matrix/order_of_rules",
     "where two rules of different stages are violated, the earlier stage refuses the entry",
     "VM Entries")
{
	const struct entry_result *pairs = &entry_matrix()->pairs;

	entry_report(pairs);
	note("%u pairs", pairs->cases);
}

TEST_ON_REQUEST("bench/entry_case", "instructions of a case of the entry matrix, all in", "")
{
	const struct entry_results *matrix = entry_matrix();

	note("bench entry_case %lu instructions", matrix->ticks / matrix->cases);
}
