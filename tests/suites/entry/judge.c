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
					  violated, observed, NULL);
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
			  observed, NULL);
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
				  trial->machine.base, tried, violated, observed, NULL);
	for (unsigned i = 0; count <= FEW_RULES && i < count; i++)
		entry_result_keep(&trial->results->rules[rules[i]], trial->machine.base, tried,
				  violated, observed, NULL);
}

/* --- A case ----------------------------------------------------------------------------------- */

/* Poison is a violated rule of the guest state. */
static bool is_allowed(const struct entry_trial *trial, const struct entry_case *tried,
		       const struct entry_set *violated, const struct entry_observed *observed)
{
	u32 poison = tried->poisoned ? 1u << ENTRY_STAGE_GUEST : 0;

	return entry_stages_allow(&trial->machine.state, entry_set_stages(violated) | poison,
				  &observed->outcome);
}

/* Poison hides all that come to light later. */
static bool tells_of(const struct entry_case *tried, enum entry_rule rule)
{
	return !tried->poisoned || group_of(entry_rule_rows[rule].stage) == 0;
}

static void judge_alone(struct entry_trial *trial, const struct entry_case *tried,
			const struct entry_set *violated)
{
	unsigned rule = entry_set_only_rule(violated);

	if (rule == ENTRY_RULES || !tells_of(tried, rule))
		return;
	trial->results->rules[rule].cases++;
	if (tried->count == 1) {
		trial->examples[rule].twist = tried->twists[0];
		trial->examples[rule].known = true;
	}
}

/* Where the guest does not go on as that of its base, the base is to blame. */
static struct entry_result *result_of(struct entry_trial *trial,
				      enum entry_observation observation)
{
	if (observation == ENTRY_GOES_ON)
		return &trial->results->bases[trial->machine.base - entry_bases].result;
	return &trial->results->observations[observation];
}

/* What it left, of an entry that ended as it may. */
static void judge_aftermath(struct entry_trial *trial, const struct entry_case *tried,
			    const struct entry_set *violated,
			    const struct entry_observed *observed)
{
	trial->results->ends[observed->outcome.end]++;
	for (unsigned i = 0; i < observed->count; i++)
		entry_result_keep(result_of(trial, observed->observations[i]), trial->machine.base,
				  tried, violated, observed, &observed->differences[i]);
}

static void judge_refusal(struct entry_trial *trial, const struct entry_case *tried,
			  const struct entry_set *violated, const struct entry_observed *observed)
{
	if (entry_set_is_empty(violated) ||
	    (tried->poisoned && !entry_set_ends_in_vmfail(violated)))
		blame_possible(trial, tried, violated, observed);
	else
		blame_violated(trial, tried, violated, observed);
}

/* Each of the two is refused rightly alone, so it is their order that is wrong. */
void entry_judge_pair(struct entry_trial *trial, const struct entry_case *tried,
		      const struct entry_set *violated, const struct entry_observed *observed)
{
	trial->results->pairs.cases++;
	if (is_allowed(trial, tried, violated, observed))
		judge_aftermath(trial, tried, violated, observed);
	else
		entry_result_keep(&trial->results->pairs, trial->machine.base, tried, violated,
				  observed, NULL);
}

void entry_judge(struct entry_trial *trial, const struct entry_case *tried,
		 const struct entry_set *violated, const struct entry_observed *observed)
{
	if (!is_allowed(trial, tried, violated, observed)) {
		judge_refusal(trial, tried, violated, observed);
		return;
	}
	judge_aftermath(trial, tried, violated, observed);
	if (!entry_set_is_empty(violated))
		judge_alone(trial, tried, violated);
	else if (tried->count == 1)
		trial->results->fields[tried->twists[0].field].cases++;
}
