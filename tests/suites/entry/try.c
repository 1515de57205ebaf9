/* try.c -- tries a case, if the machine can live with whatever comes of it */
#include "tests/suites/entry/try.h"
#include "tests/report/options.h"
#include "tests/suites/entry/announcement.h"
#include "tests/suites/entry/danger.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/palette.h"
#include "tests/suites/entry/rule_sets.h"
#include "tests/suites/entry/run.h"

static void count_case(struct entry_trial *trial)
{
	trial->results->cases++;
	trial->results->bases[trial->machine.base - entry_bases].cases++;
}

/* A host state that is legal must be one that the kernel can live with. */
static bool may_be_tried(const struct entry_state *state, const struct entry_case *tried,
			 const struct entry_set *violated)
{
	for (unsigned i = 0; i < tried->count; i++) {
		const struct entry_twist *twist = &tried->twists[i];

		if (entry_field_kind(twist->field) == HOST && !entry_set_ends_in_vmfail(violated) &&
		    !entry_host_value_is_harmless(state, twist->field, twist->value))
			return false;
	}
	return true;
}

enum { ACTIVE, HLT };                           /* the activity states that are used here */

/* The last activity state in which the watchdog stops a guest.  The preemption timer ends HLT.  The
 * alarm of the local APIC is an interrupt, for which Bochs does not end HLT if RFLAGS.IF is 0. */
static u64 last_state_that_ends(void)
{
	return watchdog_by_apic ? ACTIVE : HLT;
}

static bool needs_poison(const struct entry_trial *trial, const struct entry_case *tried,
			 const struct entry_set *violated)
{
	if (entry_base_is_poisoned(trial->machine.base))
		return true;
	for (unsigned i = 0; i < tried->count; i++)
		if (!entry_field_is_harmless(tried->twists[i].field))
			return true;
	return entry_set_is_empty(violated) &&
	       trial->machine.state.fields[ENTRY_FIELD_guest_activity_state] >
		       last_state_that_ends();
}

/* Of these states there are emulators that die; each has a test of its own (dangers.c). */
static bool is_dangerous(const struct entry_state *state)
{
	for (enum entry_danger danger = 0; danger < ENTRY_DANGERS; danger++)
		if (entry_is_danger(state, danger))
			return true;
	return false;
}

static void run_case(struct entry_trial *trial, struct entry_case *tried,
		     struct entry_set *violated)
{
	struct entry_observed observed;

	tried->poisoned = needs_poison(trial, tried, violated);
	count_case(trial);
	if (options_of_run.census)
		entry_announce(trial->machine.base, tried, violated);
	if (entry_case_run(&trial->machine, tried, &observed))
		*violated = entry_violations(&trial->machine.state);
	if (trial->in_pairs)
		entry_judge_pair(trial, tried, violated, &observed);
	else
		entry_judge(trial, tried, violated, &observed);
	entry_case_undo(&trial->machine, tried, &observed);
}

void entry_try(struct entry_trial *trial, struct entry_case *tried)
{
	struct entry_set violated;

	entry_case_twist(&trial->machine, tried);
	violated = entry_violations(&trial->machine.state);
	if (may_be_tried(&trial->machine.state, tried, &violated) &&
	    !is_dangerous(&trial->machine.state))
		run_case(trial, tried, &violated);
	else
		entry_case_untwist(&trial->machine, tried);
}

void entry_try_two(struct entry_trial *trial, struct entry_twist one, struct entry_twist other)
{
	struct entry_case tried = { .twists = { one, other }, .count = 2 };

	if (entry_field_exists(one.field) && entry_field_exists(other.field))
		entry_try(trial, &tried);
}
