/* judge.c -- what a case says about the rules, and which of them are to blame if it is wrong */
#include "tests/suites/entry/judge.h"
#include "tests/suites/entry/rule_sets.h"

/* --- Blame ------------------------------------------------------------------------------------ */

/* The groups of stages: those of a group may be checked in any order. */
static unsigned group_of(enum entry_stage stage)
{
	if (stage <= ENTRY_STAGE_HOST)
		return 0;
	return stage == ENTRY_STAGE_MSRS ? 2 : 1;
}

static unsigned first_group(const struct entry_set *violated)
{
	unsigned rule, group = 2;

	FOR_EACH_RULE(rule, violated)
		if (group_of(entry_rule_rows[rule].stage) < group)
			group = group_of(entry_rule_rows[rule].stage);
	return group;
}

/* Those of the rules of which one should have refused the entry first. */
static void blame_violated(struct entry_trial *trial, const struct entry_case *tried,
			   const struct entry_set *violated, const struct entry_observed *observed)
{
	unsigned rule, group = first_group(violated);

	FOR_EACH_RULE(rule, violated)
		if (group_of(entry_rule_rows[rule].stage) == group)
			entry_result_keep(&trial->results->rules[rule], trial->machine.base, tried,
					  violated, observed);
}

/* Whether the rule, if the processor took it for violated, would end the entry so. */
static bool ends_so(const struct entry_trial *trial, enum entry_rule rule,
		    const struct entry_outcome *outcome)
{
	struct entry_set alone = { { 0 } };

	entry_set_add(&alone, rule);
	return entry_allows(&trial->machine.state, &alone, outcome);
}

static bool looks_at(const struct entry_rule_row *row, const struct entry_case *tried)
{
	for (unsigned i = 0; i < row->field_count; i++)
		if (entry_case_twists(tried, row->fields[i]))
			return true;
	return false;
}

static void blame_base(struct entry_trial *trial, const struct entry_case *tried,
		       const struct entry_set *violated, const struct entry_observed *observed)
{
	const struct entry_base *base = trial->machine.base;

	entry_result_keep(&trial->results->bases[base - entry_bases].result, base, tried, violated,
			  observed);
}

/* What a processor is free to refuse is no rule, but it has a qualification of its own. */
static bool may_be_refused_otherwise(const struct entry_trial *trial,
				     const struct entry_set *violated)
{
	struct entry_outcome outcome = { ENTRY_FAILS, EXIT_invalid_guest_state, 0 };

	for (; outcome.qualification < 5; outcome.qualification++)
		if (entry_allows(&trial->machine.state, violated, &outcome))
			return true;
	return false;
}

/* By a rule that looks at what was twisted; but where more than a few do, none can be blamed. */
#define FEW_RULES 2

static unsigned possible_rules(const struct entry_trial *trial, const struct entry_case *tried,
			       const struct entry_observed *observed, u16 rules[FEW_RULES])
{
	unsigned count = 0;

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++) {
		if (!looks_at(&entry_rule_rows[rule], tried) ||
		    !ends_so(trial, rule, &observed->outcome))
			continue;
		if (count < FEW_RULES)
			rules[count] = (u16)rule;
		count++;
	}
	return count;
}

/* A legal state was refused. */
static void blame_possible(struct entry_trial *trial, const struct entry_case *tried,
			   const struct entry_set *violated, const struct entry_observed *observed)
{
	u16 rules[FEW_RULES];
	unsigned count = possible_rules(trial, tried, observed, rules);

	if (!tried->count || may_be_refused_otherwise(trial, violated)) {
		blame_base(trial, tried, violated, observed);
		return;
	}
	if (count == 0 || count > FEW_RULES)
		entry_result_keep(&trial->results->fields[tried->twists[0].field],
				  trial->machine.base, tried, violated, observed);
	for (unsigned i = 0; count <= FEW_RULES && i < count; i++)
		entry_result_keep(&trial->results->rules[rules[i]], trial->machine.base, tried,
				  violated, observed);
}

/* --- A case ----------------------------------------------------------------------------------- */

static struct entry_set with_poison(const struct entry_trial *trial, const struct entry_case *tried,
				    const struct entry_set *violated)
{
	return tried->poisoned ? entry_set_sum(violated, &trial->poison_rules) : *violated;
}

/* Poison is a violated rule of guest state, which hides all that come to light later. */
static bool tells_of(const struct entry_case *tried, enum entry_rule rule)
{
	return !tried->poisoned || group_of(entry_rule_rows[rule].stage) == 0;
}

static void judge_alone(struct entry_trial *trial, const struct entry_case *tried,
			const struct entry_set *violated)
{
	unsigned rule;

	FOR_EACH_RULE(rule, violated) {
		if (!tells_of(tried, rule))
			return;
		trial->results->rules[rule].cases++;
		if (tried->count == 1) {
			trial->examples[rule].twist = tried->twists[0];
			trial->examples[rule].known = true;
		}
	}
}

/* Each of the two is refused rightly alone, so it is their order that is wrong. */
void entry_judge_pair(struct entry_trial *trial, const struct entry_case *tried,
		      const struct entry_set *violated, const struct entry_observed *observed)
{
	struct entry_set all = with_poison(trial, tried, violated);

	trial->results->pairs.cases++;
	if (!entry_allows(&trial->machine.state, &all, &observed->outcome) || observed->wrong)
		entry_result_keep(&trial->results->pairs, trial->machine.base, tried, violated,
				  observed);
}

void entry_judge(struct entry_trial *trial, const struct entry_case *tried,
		 const struct entry_set *violated, const struct entry_observed *observed)
{
	struct entry_set all = with_poison(trial, tried, violated);
	bool allowed = entry_allows(&trial->machine.state, &all, &observed->outcome);

	if (allowed && !observed->wrong) {
		if (entry_set_count(violated) == 1)
			judge_alone(trial, tried, violated);
		if (entry_set_is_empty(violated) && tried->count == 1)
			trial->results->fields[tried->twists[0].field].cases++;
	} else if (entry_set_is_empty(violated) && allowed) {
		blame_base(trial, tried, violated, observed);
	} else if (entry_set_is_empty(violated) ||
		   (tried->poisoned && !entry_set_ends_in_vmfail(violated))) {
		blame_possible(trial, tried, violated, observed);
	} else {
		blame_violated(trial, tried, violated, observed);
	}
}
