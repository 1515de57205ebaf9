/* rules.c -- a test for each rule of VM entry: violated alone, it is what refuses the entry */
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/report.h"

/* Why no entry can violate a rule alone; null where one can. */
static const char *const out_of_reach[ENTRY_RULES] = {
#define OUT_OF_REACH(rule, why) [ENTRY_RULE_##rule] = why,
#include "tests/rules/out_of_reach.def"
#undef OUT_OF_REACH
};

/* What this processor lacks, by needs.def, to violate the rule alone; null if it lacks nothing. */
static const char *lack_for(enum entry_rule rule, const struct entry_processor *p)
{
	const struct {
		u16 rule;
		const char *lack;
	} rows[] = {
#define NEEDS(name, has, lack) { (has) ? ENTRY_RULES : ENTRY_RULE_##name, lack },
#include "tests/suites/entry/needs.def"
#undef NEEDS
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].rule == rule)
			return rows[i].lack;
	return NULL;
}

static const char *missing_field(const struct entry_rule_row *row)
{
	for (unsigned i = 0; i < row->field_count; i++)
		if (!entry_field_exists(row->fields[i]))
			return entry_field_name(row->fields[i]);
	return NULL;
}

static void say_nothing_tried(const struct entry_results *matrix)
{
	if (!matrix->cases)
		skip("no base can be tried: %s", matrix->bases[0].lacks ? matrix->bases[0].lacks :
		     "see entry_matrix/");
	else if (matrix->some_left_out)
		skip("entries take long here, so that the cases which violate it alone are left "
		     "out; run=entry_matrix/*,entry_rules/* tries all");
	else
		FAIL("no case violates this rule alone");
}

/* Why no case could violate the rule alone; if there is no reason, one should have. */
static void explain(const struct entry_rule_row *row, const struct entry_results *matrix)
{
	enum entry_rule rule = (enum entry_rule)(row - entry_rule_rows);
	const char *missing = missing_field(row);
	const char *lack = lack_for(rule, &matrix->processor);

	if (out_of_reach[rule])
		skip("cannot be violated alone: %s", out_of_reach[rule]);
	else if (missing)
		skip("this processor has no field %s", missing);
	else if (lack)
		skip("%s", lack);
	else
		say_nothing_tried(matrix);
}

static void check_rule(const struct test *test)
{
	const struct entry_rule_row *row = test->row;
	const struct entry_results *matrix = entry_matrix();
	const struct entry_result *result = &matrix->rules[row - entry_rule_rows];

	entry_report(result);
	if (!result->cases && !result->wrong)
		explain(row, matrix);
}

#define CHECK(stage, name, fields, violated, sentence, section)                                    \
	TEST_ROW(name, check_rule, &entry_rule_rows[ENTRY_RULE_##name], "entry_rules/" #name,      \
		 sentence, section);
#include "tests/model/entry_checks.def"
#undef CHECK
