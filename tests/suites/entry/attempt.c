/* attempt.c -- tries a case that was made at random, and judges how it ended */
#include "tests/suites/entry/attempt.h"
#include "tests/suites/entry/containment.h"
#include "tests/suites/entry/information.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/rule_sets.h"
#include "tests/suites/entry/run.h"
#include "vmx/exit.h"

#define ACTIVITY_HLT 1

/* Both bits of poison have to be where they are, as more than one field may be twisted. */
static bool loses_poison(const struct entry_machine *machine, const struct entry_case *tried)
{
	for (unsigned i = 0; i < tried->count; i++)
		if (entry_poison_is_in(machine, tried->twists[i].field))
			return tried->poisoned;
	return false;
}

/* A VM exit reads and writes its lists, and so does an entry that fails after the controls. */
static bool leads_exit_elsewhere(const struct entry_machine *machine,
				 const struct entry_set *violated)
{
	const u64 *fields = machine->state.fields;
	bool loads = fields[ENTRY_FIELD_exit_msr_load_count] &&
		     fields[ENTRY_FIELD_exit_msr_load_address] !=
			     machine->memory.exit_load_list.raw;
	bool stores = fields[ENTRY_FIELD_exit_msr_store_count] &&
		      fields[ENTRY_FIELD_exit_msr_store_address] !=
			      machine->memory.exit_store_list.raw;

	return (loads || stores) && !entry_set_ends_in_vmfail(violated);
}

/* A guest that waits for a SIPI, though its state is illegal otherwise, would spoil the next cases:
 * Bochs masks INIT, NMI and SMI for it, and they stay masked after its VM exit
 * (enter_sleep_state() in cpu/proc_ctrl.cc). */
static bool may_sleep(const struct entry_machine *machine, const struct entry_case *tried)
{
	return !tried->poisoned &&
	       machine->state.fields[ENTRY_FIELD_guest_activity_state] > ACTIVITY_HLT;
}

/* No scenario can write the address of the current VMCS. */
static bool is_linked_to_itself(const struct entry_state *state)
{
	return state->fields[ENTRY_FIELD_vmcs_link_pointer] == state->current_vmcs;
}

static bool is_left_open(const struct entry_state *state, const struct entry_set *violated)
{
	struct entry_outcome outcome = { ENTRY_SUCCEEDS, 0, 0 };

	if (!entry_allows(state, violated, &outcome))
		return false;
	outcome = (struct entry_outcome){ ENTRY_FAILS, EXIT_msr_loading, 1 };
	if (entry_allows(state, violated, &outcome))
		return true;
	outcome.number = EXIT_invalid_guest_state;
	for (outcome.qualification = 0; outcome.qualification < 5; outcome.qualification++)
		if (entry_allows(state, violated, &outcome))
			return true;
	return false;
}

/* What is to be judged: with the poison, and with the mistake. */
static struct entry_set judged(const struct entry_state *state, const struct entry_case *tried,
			       const struct entry_attempt *attempt)
{
	struct entry_set set = tried->poisoned ?
		entry_set_sum(&attempt->violated, &attempt->poison_rules) : attempt->violated;

	if (attempt->mistake)
		attempt->mistake(state, &set);
	return set;
}

static enum entry_verdict why_not_run(const struct entry_machine *machine, struct entry_case *tried,
				      struct entry_attempt *attempt)
{
	if (!entry_contain(machine, tried, &attempt->violated) || loses_poison(machine, tried) ||
	    leads_exit_elsewhere(machine, &attempt->violated) || may_sleep(machine, tried) ||
	    is_linked_to_itself(&machine->state))
		return ENTRY_NOT_RUN;
	attempt->judged = judged(&machine->state, tried, attempt);
	if (is_left_open(&machine->state, &attempt->judged))
		return ENTRY_LEFT_OPEN;
	if (entry_hinges_on(&attempt->excepted, &machine->state, &attempt->judged))
		return ENTRY_HINGES;
	return ENTRY_AGREES;
}

static enum entry_verdict judge(const struct entry_state *state, const struct entry_case *tried,
				const struct entry_attempt *attempt)
{
	const struct entry_observed *observed = &attempt->observed;

	if (entry_allows(state, &attempt->judged, &observed->outcome))
		return observed->count ? ENTRY_DISAGREES : ENTRY_AGREES;
	if (entry_excuses(&attempt->excepted, state, tried, &attempt->judged, &observed->outcome))
		return ENTRY_EXCUSED;
	return ENTRY_DISAGREES;
}

/* An excepted observation is not made. */
static void forget_excepted(const struct entry_excepted *excepted, struct entry_observed *observed)
{
	u32 kept = 0;

	for (u32 i = 0; i < observed->count; i++) {
		if (excepted->observations >> observed->observations[i] & 1)
			continue;
		observed->observations[kept] = observed->observations[i];
		observed->differences[kept++] = observed->differences[i];
	}
	observed->count = kept;
}

static void run(struct entry_machine *machine, struct entry_case *tried,
		struct entry_attempt *attempt)
{
	entry_information_forget(&machine->information);
	if (entry_case_run(machine, tried, &attempt->observed)) {
		attempt->violated = entry_violations(&machine->state);
		attempt->judged = judged(&machine->state, tried, attempt);
	}
	forget_excepted(&attempt->excepted, &attempt->observed);
	attempt->verdict = judge(&machine->state, tried, attempt);
	entry_case_undo(machine, tried, &attempt->observed);
}

void entry_attempt(struct entry_machine *machine, struct entry_case *tried,
		   struct entry_attempt *attempt)
{
	entry_case_twist(machine, tried);
	attempt->verdict = why_not_run(machine, tried, attempt);
	if (attempt->verdict == ENTRY_AGREES)
		run(machine, tried, attempt);
	else
		entry_case_untwist(machine, tried);
}
