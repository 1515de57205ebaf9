/* rules.c -- a test for each rule of VM entry: violated alone, it is what refuses the entry */
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/report.h"

struct need {
	u16 rule, with;                         /* ENTRY_RULES: no other rule */
	const char *lack;
};

/* A row of needs.def that keeps this processor from violating the rule alone; null if none does. */
static bool find_need(enum entry_rule rule, const struct entry_processor *p, struct need *need)
{
	const struct need rows[] = {
#define NEEDS(name, has, lack) { (has) ? ENTRY_RULES : ENTRY_RULE_##name, ENTRY_RULES, lack },
#define WITH(name, other) { ENTRY_RULE_##name, ENTRY_RULE_##other, NULL },
#include "tests/suites/entry/needs.def"
#undef NEEDS
#undef WITH
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].rule == rule) {
			*need = rows[i];
			return true;
		}
	return false;
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
		skip("no base can be tried: %s", matrix->bases[0].lacks);
	else if (matrix->some_left_out)
		skip("entries take long here, so that the cases which violate it alone are left "
		     "out; run=entry_matrix/*,entry_rules/* tries all");
	else
		FAIL("no case violates this rule alone");
}

/* Why no case could violate the rule alone; if there is no reason, one should have. */
static void explain(const struct entry_rule_row *row, const struct entry_results *matrix)
{
	const char *missing = missing_field(row);
	struct need need;

	if (missing)
		skip("this processor has no field %s", missing);
	else if (!find_need((enum entry_rule)(row - entry_rule_rows), &matrix->processor,
			    &need))
		say_nothing_tried(matrix);
	else if (need.lack)
		skip("%s", need.lack);
	else
		skip("%s is always violated, too", entry_rule_rows[need.with].name);
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
