/* entry_lines.h -- lines of tables: changes to a legal state of VM entry, and the rule that they
 * are about; included by a single .c file a program, behind <cmocka.h>
 */
#ifndef ENTRY_LINES_H
#define ENTRY_LINES_H

#include "tests/host/entry_bases.h"

/* --- Lines --- */

#define LINE_CHANGES 10

struct line {
	u16 rule, source_line;
	bool violates;
	enum base base;
	struct change changes[LINE_CHANGES];
};

/* The changes violate the rule, and no other; or they go up to its border, and violate none. */
#define WRONG(rule, base, ...) { ENTRY_RULE_##rule, __LINE__, true, base, { __VA_ARGS__ } }
#define RIGHT(rule, base, ...) { ENTRY_RULE_##rule, __LINE__, false, base, { __VA_ARGS__ } }

static void make_line(const struct line *line)
{
	make_base(line->base);
	make_changes(line->changes, LINE_CHANGES);
}

static bool violates(u16 rule)
{
	struct entry_set violated = entry_violations(&world);

	return entry_set_has(&violated, rule);
}

static void check_line(const struct line *line)
{
	struct entry_set violated, expected = { { 0 } };

	make_line(line);
	violated = entry_violations(&world);
	if (line->violates)
		entry_set_add(&expected, line->rule);
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (entry_set_has(&violated, rule) != entry_set_has(&expected, rule))
			fail_msg("line %u, of %s: %s is%s violated", line->source_line,
				 entry_rule_rows[line->rule].name, entry_rule_rows[rule].name,
				 entry_set_has(&violated, rule) ? "" : " not");
}

static void check_lines(const struct line *lines, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		check_line(&lines[i]);
}

static bool has_line(const struct line *lines, unsigned count, u16 rule, bool violates)
{
	for (unsigned i = 0; i < count; i++)
		if (lines[i].rule == rule && lines[i].violates == violates)
			return true;
	return false;
}

/* Each rule has a line that violates it and one at its border. */
static void check_coverage(const struct line *lines, unsigned count, const u16 *rules,
			   unsigned rule_count)
{
	for (unsigned i = 0; i < rule_count; i++)
		for (unsigned violates = 0; violates < 2; violates++)
			if (!has_line(lines, count, rules[i], violates))
				fail_msg("%s has no line %s", entry_rule_rows[rules[i]].name,
					 violates ? "that violates it" : "at its border");
}

/* --- The fields that a row has for its rule --- */

static bool row_has(const struct entry_rule_row *row, unsigned field)
{
	for (unsigned i = 0; i < row->field_count; i++)
		if (row->fields[i] == field)
			return true;
	return false;
}

static void check_field_does_not_matter(const struct line *line, unsigned field)
{
	u64 before = world.fields[field];

	for (unsigned ones = 0; ones < 2; ones++) {
		world.fields[field] = ones ? ~0ul : 0;
		if (violates(line->rule) != line->violates)
			fail_msg("line %u: %s looks at field %u, which its row lacks",
				 line->source_line, entry_rule_rows[line->rule].name, field);
	}
	world.fields[field] = before;
}

static void check_no_field_is_missing(const struct line *lines, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		make_line(&lines[i]);
		for (unsigned field = 0; field < ENTRY_FIELDS; field++)
			if (!row_has(&entry_rule_rows[lines[i].rule], field))
				check_field_does_not_matter(&lines[i], field);
	}
}

/* One of the field's bits changes what the rule says to the line. */
static bool field_matters(const struct line *line, unsigned field)
{
	make_line(line);
	for (unsigned bit = 0; bit < 64; bit++) {
		world.fields[field] ^= BIT(bit);
		if (violates(line->rule) != line->violates)
			return true;
		world.fields[field] ^= BIT(bit);
	}
	return false;
}

static bool field_matters_somewhere(const struct line *lines, unsigned count, u16 rule,
				    unsigned field)
{
	for (unsigned i = 0; i < count; i++)
		if (lines[i].rule == rule && field_matters(&lines[i], field))
			return true;
	return false;
}

static void check_each_field_matters(const struct line *lines, unsigned count, const u16 *rules,
				     unsigned rule_count)
{
	for (unsigned i = 0; i < rule_count; i++) {
		const struct entry_rule_row *row = &entry_rule_rows[rules[i]];

		for (unsigned j = 0; j < row->field_count; j++)
			if (!field_matters_somewhere(lines, count, rules[i], row->fields[j]))
				fail_msg("no line shows that %s looks at field %u of its row",
					 row->name, j);
	}
}

/* --- The tests of a file with the tables `lines` and `rules` --- */

#define LINE_TESTS \
	static void each_line_violates_its_rule_alone_or_none(void **state) \
	{ \
		(void)state; \
		check_lines(lines, COUNT(lines)); \
	} \
	static void each_rule_has_lines_on_both_sides(void **state) \
	{ \
		(void)state; \
		check_coverage(lines, COUNT(lines), rules, COUNT(rules)); \
	} \
	static void no_rule_looks_at_a_field_that_its_row_lacks(void **state) \
	{ \
		(void)state; \
		check_no_field_is_missing(lines, COUNT(lines)); \
	} \
	static void each_field_of_a_row_matters(void **state) \
	{ \
		(void)state; \
		check_each_field_matters(lines, COUNT(lines), rules, COUNT(rules)); \
	} \
	static const struct CMUnitTest tests[] = { \
		cmocka_unit_test(each_line_violates_its_rule_alone_or_none), \
		cmocka_unit_test(each_rule_has_lines_on_both_sides), \
		cmocka_unit_test(no_rule_looks_at_a_field_that_its_row_lacks), \
		cmocka_unit_test(each_field_of_a_row_matters), \
	}; \
	int main(void) \
	{ \
		return cmocka_run_group_tests(tests, NULL, NULL); \
	}

#endif
