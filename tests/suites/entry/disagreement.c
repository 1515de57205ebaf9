/* disagreement.c -- finds the smallest case of a disagreement, and prints it */
#include "tests/suites/entry/disagreement.h"
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/palette.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/printed_case.h"
#include "tests/suites/entry/run.h"
#include "tests/suites/entry/shrink.h"

struct search {
	struct entry_machine *machine;
	struct entry_attempt *attempt;
	enum entry_end end;                     /* how the entry that was found ended */
	u32 wrong;                              /* observations of what it left */
};

static bool disagrees(void *context, const struct entry_case *tried)
{
	struct search *search = context;
	struct entry_attempt *attempt = search->attempt;
	struct entry_case again = *tried;

	entry_case_twist(search->machine, &again);
	attempt->violated = entry_violations(&search->machine->state);
	entry_case_untwist(search->machine, &again);
	entry_attempt(search->machine, &again, attempt);
	return attempt->verdict == ENTRY_DISAGREES &&
	       attempt->observed.outcome.end == search->end &&
	       attempt->observed.count == search->wrong;
}

static bool is_whole(void *context, enum entry_field field)
{
	const struct search *search = context;

	return entry_field_is_address(search->machine, field);
}

/* --- What the base has and a new VM has not --------------------------------------------------- */

/* The processor goes through as much of a list as its count says. */
static bool is_list_in_use(const struct entry_machine *machine, const struct entry_case *tried,
			   enum entry_field field)
{
	static const struct { u16 address, count; } lists[] = {
		{ ENTRY_FIELD_entry_msr_load_address, ENTRY_FIELD_entry_msr_load_count },
		{ ENTRY_FIELD_exit_msr_load_address, ENTRY_FIELD_exit_msr_load_count },
		{ ENTRY_FIELD_exit_msr_store_address, ENTRY_FIELD_exit_msr_store_count },
	};

	for (unsigned i = 0; i < COUNT(lists); i++)
		if (lists[i].address == field)
			return machine->state.fields[lists[i].count] ||
			       entry_case_twists(tried, lists[i].count);
	return false;
}

/* The timer ends a guest that waits; and poison stays where it is. */
static bool may_be_ordinary(const struct entry_machine *machine, const struct entry_case *tried,
			    enum entry_field field)
{
	if (!entry_field_exists(field) || entry_case_twists(tried, field) ||
	    machine->state.fields[field] == machine->start[field])
		return false;
	if (field == ENTRY_FIELD_vmx_preemption_timer_value || entry_poison_is_in(machine, field))
		return false;
	return !is_list_in_use(machine, tried, field);
}

static void write_field(struct entry_machine *machine, enum entry_field field, u64 value)
{
	machine->state.fields[field] = value;
	vmcs_put(entry_field_encoding(field), value);
}

/* An event goes on as it should only in the base's memory, and so do others. */
static unsigned make_base_ordinary(struct search *search, const struct entry_case *tried)
{
	struct entry_machine *machine = search->machine;
	unsigned count = 0;

	for (enum entry_field field = 0; !search->wrong && field < ENTRY_FIELDS; field++) {
		u64 kept = machine->state.fields[field];

		if (!may_be_ordinary(machine, tried, field))
			continue;
		count++;
		write_field(machine, field, machine->start[field]);
		search->attempt->poison_rules = entry_poison_rules(machine);
		if (!disagrees(search, tried))
			write_field(machine, field, kept);
	}
	search->attempt->poison_rules = entry_poison_rules(machine);
	return count;
}

void entry_report_disagreement(struct entry_machine *machine, struct entry_case *tried,
			       struct entry_attempt *attempt, const char *origin)
{
	struct search search = {
		machine, attempt, attempt->observed.outcome.end, attempt->observed.count,
	};
	unsigned count = entry_shrink(tried, machine->state.fields, is_whole, disagrees, &search);

	count += make_base_ordinary(&search, tried);
	disagrees(&search, tried);
	note("as small as %u more cases could make it, as a scenario to be run by itself:", count);
	entry_print(machine, tried, attempt, origin);
}
