/* rule_pairs.c -- two rules of different stages violated at once: the earlier stage decides */
#include "tests/suites/entry/rule_pairs.h"
#include "tests/suites/entry/try.h"

/* A bit for each pair; the first of the two has the smaller number. */
#define PAIRS (ENTRY_RULES * (ENTRY_RULES - 1) / 2)
static u64 pairs_tried[(PAIRS + 63) / 64];

/* Of different stages, each pair once. */
static bool take_pair(unsigned one, unsigned other)
{
	unsigned pair = other * (other - 1) / 2 + one;
	u64 *word = &pairs_tried[pair / 64];

	if (entry_rule_rows[one].stage == entry_rule_rows[other].stage ||
	    *word >> pair % 64 & 1)
		return false;
	*word |= BIT(pair % 64);
	return true;
}

static void try_pair(struct entry_trial *trial, unsigned one, unsigned other)
{
	if (trial->examples[one].twist.field != trial->examples[other].twist.field &&
	    take_pair(one, other))
		entry_try_two(trial, trial->examples[one].twist, trial->examples[other].twist);
}

void entry_try_pairs_of_rules(struct entry_trial *trial, unsigned share)
{
	u16 known[ENTRY_RULES];
	unsigned count = 0, number = 0;

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (trial->examples[rule].known)
			known[count++] = (u16)rule;
	trial->in_pairs = true;
	for (unsigned i = 0; i < count; i++)
		for (unsigned j = i + 1; j < count; j++)
			if (number++ % share == 0)
				try_pair(trial, known[i], known[j]);
	trial->in_pairs = false;
}
