/* coverage.c -- which rules the random cases of VM entry violated */
#include "tests/suites/entry/coverage.h"
#include "kernel/print.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/entry/rule_sets.h"

#define EXPECTED_TO_VARY 500ul                  /* so many cases must not be alike */
#define LINE_WIDTH       100

/* Poison hides all rules but those of controls and host state. */
static bool is_hidden(const struct entry_case *tried, enum entry_rule rule)
{
	return tried->poisoned && entry_rule_rows[rule].stage > ENTRY_STAGE_HOST;
}

void entry_coverage_add(struct entry_coverage *coverage, const struct entry_case *tried,
			const struct entry_attempt *attempt)
{
	unsigned rule, count = entry_set_count(&attempt->violated);

	coverage->cases++;
	coverage->sizes[count < 2 ? count : 2]++;
	coverage->ends[attempt->observed.outcome.end]++;
	FOR_EACH_RULE(rule, &attempt->violated) {
		if (is_hidden(tried, rule))
			continue;
		coverage->violated[rule]++;
		coverage->alone[rule] += count == 1;
	}
}

/* --- In words --------------------------------------------------------------------------------- */

static unsigned count_rules(const u32 counts[ENTRY_RULES])
{
	unsigned count = 0;

	for (enum entry_rule rule = 0; rule < ENTRY_RULES; rule++)
		count += counts[rule] > 0;
	return count;
}

/* A line of several items; it is told when the next one would not fit. */
struct line {
	char characters[LINE_WIDTH];
	struct text text;
};

static void end_line(struct line *line)
{
	if (line->text.length)
		note(" %s", line->characters);
	line->text = TEXT_IN(line->characters);
}

static void add_item(struct line *line, const char *item)
{
	if (line->text.length + strlen(item) + 2 > LINE_WIDTH)
		end_line(line);
	text_add(&line->text, " %s", item);
}

static void note_rule(struct line *line, const struct entry_coverage *coverage,
		      enum entry_rule rule)
{
	char item[LINE_WIDTH];

	print_into(item, sizeof(item), "%s %u/%u", entry_rule_rows[rule].name,
		   coverage->violated[rule], coverage->alone[rule]);
	add_item(line, item);
}

static void note_never(struct line *line, const struct entry_coverage *coverage)
{
	for (enum entry_rule rule = 0; rule < ENTRY_RULES; rule++)
		if (!coverage->violated[rule])
			add_item(line, entry_rule_rows[rule].name);
	end_line(line);
}

static void note_each(const struct entry_coverage *coverage)
{
	struct line line = { .text = TEXT_IN(line.characters) };

	note("how often each rule was violated, and violated alone:");
	for (enum entry_rule rule = 0; rule < ENTRY_RULES; rule++)
		if (coverage->violated[rule])
			note_rule(&line, coverage, rule);
	end_line(&line);
	note("never violated:");
	note_never(&line, coverage);
}

void entry_coverage_note(const struct entry_coverage *coverage, bool each)
{
	unsigned violated = count_rules(coverage->violated);

	if (each)
		note_each(coverage);
	note("%lu entered, %lu refused by VMfail, %lu by an exit", coverage->ends[ENTRY_SUCCEEDS],
	     coverage->ends[ENTRY_VMFAIL], coverage->ends[ENTRY_FAILS]);
	note("%lu violate no rule, %lu one, %lu more", coverage->sizes[0], coverage->sizes[1],
	     coverage->sizes[2]);
	note("of %u rules %u were violated, %u of them alone, and %u never", ENTRY_RULES, violated,
	     count_rules(coverage->alone), ENTRY_RULES - violated);
}

/* A run in which no state was legal, or none ended in one of the three ways, would test little. */
void entry_coverage_expect_variety(const struct entry_coverage *coverage)
{
	if (coverage->cases < EXPECTED_TO_VARY)
		return;
	for (unsigned i = 0; i < COUNT(coverage->sizes); i++)
		if (coverage->sizes[i] < coverage->cases / 20)
			FAIL("of the cases that violate no rule, one, and more, %lu are of one "
			     "kind, fewer than a twentieth", coverage->sizes[i]);
	for (unsigned i = 0; i < COUNT(coverage->ends); i++)
		if (coverage->ends[i] < coverage->cases / 20)
			FAIL("one of the three ends is that of %lu cases, fewer than a twentieth",
			     coverage->ends[i]);
}
