/* try.c -- tries a case, if the machine can live with whatever comes of it */
#include "tests/suites/entry/try.h"
#include "tests/report/options.h"
#include "tests/suites/entry/announcement.h"
#include "tests/suites/entry/containment.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/run.h"

static void count_case(struct entry_trial *trial)
{
	trial->results->cases++;
	trial->results->bases[trial->machine.base - entry_bases].cases++;
}

/* The violations of the base, or of a case with the same fields, become those of the case. */
static void review_twists(const struct entry_trial *trial, const struct entry_case *tried,
			  struct entry_set *violated)
{
	for (unsigned i = 0; i < tried->count; i++)
		entry_review(&trial->machine.state, tried->twists[i].field, violated);
}

static void run_case(struct entry_trial *trial, struct entry_case *tried,
		     struct entry_set *violated)
{
	struct entry_observed observed;

	count_case(trial);
	if (options_of_run.census)
		entry_announce(trial->machine.base, tried, violated);
	if (entry_case_run(&trial->machine, tried, &observed))
		review_twists(trial, tried, violated);
	if (trial->in_pairs)
		entry_judge_pair(trial, tried, violated, &observed);
	else
		entry_judge(trial, tried, violated, &observed);
	entry_case_undo(&trial->machine, tried, &observed);
}

void entry_try(struct entry_trial *trial, struct entry_case *tried)
{
	struct entry_set violated = trial->base_rules;

	entry_case_twist(&trial->machine, tried);
	review_twists(trial, tried, &violated);
	if (entry_contain(&trial->machine, tried, &violated))
		run_case(trial, tried, &violated);
	else
		entry_case_untwist(&trial->machine, tried);
}

void entry_try_two(struct entry_trial *trial, struct entry_twist one, struct entry_twist other)
{
	struct entry_case tried;

	tried.twists[0] = one;
	tried.twists[1] = other;
	tried.count = 2;
	if (entry_field_exists(one.field) && entry_field_exists(other.field))
		entry_try(trial, &tried);
}
