/* announcement.c -- which rules of the controls a case violates, said before it is entered */
#include "tests/suites/entry/announcement.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/rule_sets.h"

static struct entry_set of_controls(const struct entry_set *violated)
{
	struct entry_set found = { { 0 } };
	unsigned rule;

	FOR_EACH_RULE(rule, violated)
		if (entry_rule_rows[rule].stage == ENTRY_STAGE_CONTROLS)
			entry_set_add(&found, rule);
	return found;
}

static bool same(const struct entry_set *one, const struct entry_set *other)
{
	u64 differing = 0;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		differing |= one->words[i] ^ other->words[i];
	return !differing;
}

static void say(const struct entry_base *base, const struct entry_case *tried,
		const struct entry_set *rules)
{
	const char *before = ": ";
	char line[400];
	struct text text = TEXT_IN(line);
	unsigned rule;

	text_add(&text, "case %s", base->name);
	for (unsigned i = 0; i < tried->count; i++)
		text_add(&text, " %s=%#lx", entry_field_name(tried->twists[i].field),
			 tried->twists[i].value);
	FOR_EACH_RULE(rule, rules) {
		text_add(&text, "%s%s", before, entry_rule_rows[rule].name);
		before = ", ";
	}
	announce("%s", line);
}

void entry_announce(const struct entry_base *base, const struct entry_case *tried,
		    const struct entry_set *violated)
{
	static struct entry_set last;
	struct entry_set rules = of_controls(violated);

	if (entry_set_is_empty(&rules) || same(&rules, &last))
		return;
	last = rules;
	say(base, tried, &rules);
}
