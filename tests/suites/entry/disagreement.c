/* disagreement.c -- finds the smallest case of a disagreement, and prints it */
#include "tests/suites/entry/disagreement.h"
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/palette.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/printed_case.h"
#include "tests/suites/entry/run.h"
#include "tests/suites/entry/shrink.h"
#include "vmx/capabilities.h"

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

static u64 value_of(const struct entry_machine *machine, const struct entry_case *tried,
		    enum entry_field field)
{
	for (unsigned i = 0; i < tried->count; i++)
		if (tried->twists[i].field == field)
			return tried->twists[i].value;
	return machine->state.fields[field];
}

#define PIN_BASED_FIELD ENTRY_FIELD_pin_based_controls
#define PRIMARY_FIELD   ENTRY_FIELD_primary_controls
#define SECONDARY_FIELD ENTRY_FIELD_secondary_controls

/* A scenario may let the processor write to its own pages alone. */
static bool is_written_to(const struct entry_machine *machine, const struct entry_case *tried,
			  enum entry_field field)
{
	static const struct { u16 address, controls; u32 control; } rows[] = {
#define WRITTEN(field, word, control, bytes) { field, word##_FIELD, word##_##control },
#include "tests/player/written_by_processor.def"
#undef WRITTEN
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].address == entry_field_encoding(field) &&
		    value_of(machine, tried, rows[i].controls) & rows[i].control)
			return true;
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
	return !is_list_in_use(machine, tried, field) && !is_written_to(machine, tried, field);
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
	count += make_base_ordinary(&search, tried);    /* what controls kept that are gone now */
	disagrees(&search, tried);
	note("as small as %u more cases could make it, as a scenario to be run by itself:", count);
	entry_print(machine, tried, attempt, origin);
}
