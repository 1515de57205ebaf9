/* rule_pairs.c -- two rules of different stages violated at once: the earlier stage decides */
#include "tests/suites/entry/rule_pairs.h"
#include "tests/suites/entry/rule_sets.h"
#include "tests/suites/entry/try.h"

/* Those of a higher number that each rule has been tried with. */
static struct entry_set pairs_tried[ENTRY_RULES];

static struct entry_set known_rules(const struct entry_trial *trial)
{
	struct entry_set known = { { 0 } };

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (trial->examples[rule].known)
			entry_set_add(&known, rule);
	return known;
}

/* By stage, the rules of all other stages. */
struct others { struct entry_set of[ENTRY_STAGE_MSRS + 1]; };

static void find_others(struct others *others)
{
	*others = (struct others){ { { { 0 } } } };
	for (unsigned stage = 0; stage <= ENTRY_STAGE_MSRS; stage++)
		for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
			if (entry_rule_rows[rule].stage != stage)
				entry_set_add(&others->of[stage], rule);
}

/* By whole words, as most pairs are of one stage, or have been tried after a few bases. */
static struct entry_set partners(const struct entry_set *known, const struct others *others,
				 unsigned one)
{
	const struct entry_set *of_other_stages = &others->of[entry_rule_rows[one].stage];
	struct entry_set left;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		left.words[i] = known->words[i] & of_other_stages->words[i] &
				~pairs_tried[one].words[i];
	return left;
}

static bool may_be_a_pair(const struct entry_trial *trial, unsigned one, unsigned other)
{
	return other > one &&
	       trial->examples[one].twist.field != trial->examples[other].twist.field;
}

static void try_pair(struct entry_trial *trial, unsigned one, unsigned other)
{
	entry_set_add(&pairs_tried[one], other);
	entry_try_two(trial, trial->examples[one].twist, trial->examples[other].twist);
}

void entry_try_pairs_of_rules(struct entry_trial *trial, unsigned share)
{
	struct entry_set known = known_rules(trial);
	struct others others;
	unsigned one, number = 0;

	find_others(&others);
	trial->in_pairs = true;
	FOR_EACH_RULE(one, &known) {
		struct entry_set left = partners(&known, &others, one);
		unsigned other;

		FOR_EACH_RULE(other, &left)
			if (may_be_a_pair(trial, one, other) && number++ % share == 0)
				try_pair(trial, one, other);
	}
	trial->in_pairs = false;
}
