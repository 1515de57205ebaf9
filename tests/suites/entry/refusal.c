/* refusal.c -- a VM entry that was refused and should not have been: the rules that it violates */
#include "tests/suites/entry/refusal.h"
#include "kernel/print.h"
#include "tests/model/vm_entry.h"
#include "tests/report/test.h"
#include "tests/suites/entry/current_state.h"
#include "tests/suites/entry/observed.h"
#include "tests/suites/entry/processor.h"
#include "tests/suites/entry/rule_sets.h"

/* All ends of an entry that violates a rule, by the reasons that a scenario calls them by; the
 * qualification is that of exit 33, or the largest number of an MSR that exit 34 can tell
 * (SDM vol. 3, "VM-Entry Failures During or After Loading Guest State"). */
static const struct refused_end {
	struct entry_outcome outcome;
	u32 reason;
	u64 last_qualification;
} ends[] = {
	{ { ENTRY_VMFAIL, 7, 0 }, EXIT_REFUSED(7), 0 },
	{ { ENTRY_VMFAIL, 8, 0 }, EXIT_REFUSED(8), 0 },
	{ { ENTRY_FAILS, EXIT_invalid_guest_state, 0 }, EXIT_invalid_guest_state, 4 },
	{ { ENTRY_FAILS, EXIT_msr_loading, 1 }, EXIT_msr_loading, 512 },
};

static bool is_by_a_check(const struct entry_outcome *outcome)
{
	for (size_t i = 0; i < COUNT(ends); i++)
		if (outcome->end == ends[i].outcome.end &&
		    outcome->number == ends[i].outcome.number)
			return true;
	return false;
}

static void name_rules(const struct entry_set *violated)
{
	unsigned rule;

	FOR_EACH_RULE(rule, violated)
		note("  violates %s (\"%s\"): %s", entry_rule_rows[rule].name,
		     entry_rule_rows[rule].section, entry_rule_rows[rule].sentence);
}

/* The first qualification with which the SDM allows this end, from that of the row on. */
static bool allows(const struct entry_state *state, const struct entry_set *violated,
		   const struct refused_end *end, u64 *qualification)
{
	struct entry_outcome outcome = end->outcome;

	for (; outcome.qualification <= end->last_qualification; outcome.qualification++)
		if (entry_allows(state, violated, &outcome)) {
			*qualification = outcome.qualification;
			return true;
		}
	return false;
}

/* What the SDM allows, where that is not what happened; false if it allows no refusal. */
static bool say_how_it_has_to_end(const struct entry_state *state,
				  const struct entry_set *violated)
{
	static const struct entry_outcome success = { ENTRY_SUCCEEDS, 0, 0 };
	const char *before = "  it has to end with";
	u64 qualification;
	char line[160];
	struct text text = TEXT_IN(line);

	for (size_t i = 0; i < COUNT(ends); i++) {
		if (!allows(state, violated, &ends[i], &qualification))
			continue;
		text_add(&text, "%s %s", before, exit_name(ends[i].reason));
		if (ends[i].outcome.end == ENTRY_FAILS)
			text_add(&text, " qualification=%lu", qualification);
		before = " or with";
	}
	if (text.length)
		note("%s%s", line, entry_allows(state, violated, &success) ? " or succeed" : "");
	return text.length;
}

static void judge(const struct entry_state *state, const struct entry_set *violated,
		  const struct entry_outcome *observed)
{
	bool allowed = entry_allows(state, violated, observed);

	if (allowed && entry_set_is_empty(violated))
		note("  no rule of VM entry is violated that could be decided, and the SDM lets a "
		     "processor refuse this entry");
	if (!allowed && !say_how_it_has_to_end(state, violated))
		note("  no rule of VM entry is violated: this L0 refuses what it has to enter");
}

void entry_explain_refusal(const struct exit *exit)
{
	struct entry_outcome observed = entry_outcome_of(exit);
	struct entry_processor processor;
	struct entry_state state;
	struct entry_set violated;

	if (!is_by_a_check(&observed))
		return;
	entry_processor_read(&processor);
	state = entry_state_here(&processor);
	violated = entry_violations(&state);
	name_rules(&violated);
	judge(&state, &violated, &observed);
}
