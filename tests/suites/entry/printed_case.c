/* printed_case.c -- prints a case of VM entry as a scenario */
#include "tests/suites/entry/printed_case.h"
#include "kernel/print.h"
#include "tests/suites/cases/case_line.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/printed_pages.h"
#include "tests/suites/entry/rule_sets.h"
#include "tests/suites/entry/run.h"
#include "vmx/exit.h"

#define STEP    "        "
#define COMMENT ";       "                      /* what the processor did */

/* --- The title and the rules ------------------------------------------------------------------ */

static void print_title(const struct entry_attempt *attempt, const char *origin)
{
	unsigned rule;

	case_line("; %s", origin);
	case_line("%s", "");
	case_line("%%include \"scenario.inc\"");
	case_line("%s", "");
	case_line("scenario \"VM entry in this state ends as the SDM says\"");
	case_line("%s", "");
	FOR_EACH_RULE(rule, &attempt->judged)
		case_line(STEP "rule_in_part %s", entry_rule_rows[rule].name);
}

/* --- Fields ----------------------------------------------------------------------------------- */

static void print_bits(const char *name, u64 set, u64 clear)
{
	if (set)
		case_line(STEP "vmcs    %s, set=%#lx", name, set);
	if (clear)
		case_line(STEP "vmcs    %s, clear=%#lx", name, clear);
}

/* These depend on the processor and on the kernel, so that only the bits that differ are said. */
static bool depends_on_machine(enum entry_field field)
{
	switch (field) {
	case ENTRY_FIELD_pin_based_controls:
	case ENTRY_FIELD_primary_controls:
	case ENTRY_FIELD_secondary_controls:
	case ENTRY_FIELD_tertiary_controls:
	case ENTRY_FIELD_exit_controls:
	case ENTRY_FIELD_entry_controls:
	case ENTRY_FIELD_ept_pointer:
	case ENTRY_FIELD_guest_cr0:
	case ENTRY_FIELD_guest_cr3:
	case ENTRY_FIELD_guest_cr4:
	case ENTRY_FIELD_guest_ia32_efer:
		return true;
	default:
		return entry_field_kind(field) == HOST;
	}
}

static void print_field(const struct entry_machine *machine, enum entry_field field)
{
	const char *name = vmcs_field_name(entry_field_encoding(field));
	u64 value = machine->state.fields[field], start = machine->start[field];
	u64 others;
	const char *page = entry_page_of(machine, field, &others);

	if (page) {
		case_line(STEP "vmcs    %s, page=%s", name, page);
		print_bits(name, others, 0);
	} else if (depends_on_machine(field)) {
		print_bits(name, value & ~start, start & ~value);
	} else {
		case_line(STEP "vmcs    %s, value=%#lx", name, value);
	}
}

static void print_fields(const struct entry_machine *machine)
{
	for (enum entry_field field = 0; field < ENTRY_FIELDS; field++)
		if (entry_field_exists(field) &&
		    machine->state.fields[field] != machine->start[field])
			print_field(machine, field);
}

/* --- What is expected, and what was observed -------------------------------------------------- */

/* An exit may come while an event is delivered, which a scenario has to speak of. */
static const char *more_of_exit(const struct entry_state *state)
{
	bool event = state->fields[ENTRY_FIELD_entry_interruption_information] >> 31 & 1;

	return event ? ", IDT_VECTORING_INFORMATION=0|0xffffffff?" : "";
}

static void print_end(const char *margin, const struct entry_state *state,
		      const struct entry_outcome *outcome, u32 exit)
{
	if (outcome->end == ENTRY_VMFAIL)
		case_line("%sexpect  %s", margin, exit_name(EXIT_REFUSED(outcome->number)));
	else if (outcome->end == ENTRY_SUCCEEDS)
		case_line("%sexpect  %s%s", margin, exit_name(exit), more_of_exit(state));
	else if (outcome->number == EXIT_msr_loading)
		case_line("%sexpect  msr_loading, msr_entry=%lu", margin, outcome->qualification);
	else
		case_line("%sexpect  %s, qualification=%lu", margin, exit_name(outcome->number),
			  outcome->qualification);
}

/* The first of the ends that are allowed. */
static struct entry_outcome allowed_end(const struct entry_state *state,
					const struct entry_set *violated)
{
	struct entry_outcome ends[] = {
		{ ENTRY_SUCCEEDS, 0, 0 }, { ENTRY_VMFAIL, 7, 0 }, { ENTRY_VMFAIL, 8, 0 },
		{ ENTRY_FAILS, EXIT_invalid_guest_state, 0 },
		{ ENTRY_FAILS, EXIT_invalid_guest_state, 2 },
		{ ENTRY_FAILS, EXIT_invalid_guest_state, 4 },
		{ ENTRY_FAILS, EXIT_msr_loading, 1 },
	};
	struct entry_outcome *last = &ends[COUNT(ends) - 1];

	for (unsigned i = 0; i < COUNT(ends); i++)
		if (entry_allows(state, violated, &ends[i]))
			return ends[i];
	while (last->qualification < 512 && !entry_allows(state, violated, last))
		last->qualification++;
	return *last;
}

/* No scenario can expect all of this. */
static void print_differences(const struct entry_observed *observed)
{
	for (unsigned i = 0; i < observed->count; i++) {
		const struct entry_difference *found = &observed->differences[i];

		case_line("; %s is %#lx, expected %#lx",
			  found->what ? found->what : vmcs_field_name(found->field), found->found,
			  found->expected);
	}
}

static void print_expectation(const struct entry_machine *machine,
			      const struct entry_attempt *attempt)
{
	const struct entry_observed *observed = &attempt->observed;
	struct entry_outcome allowed = allowed_end(&machine->state, &attempt->judged);

	case_line("; The model: %s", entry_set_is_empty(&attempt->judged) ?
		  "a legal state, which is entered" : "refused by one of these rules");
	print_end(STEP, &machine->state, &allowed, observed->outcome.end == ENTRY_SUCCEEDS ?
		  observed->reason : machine->base->exit);
	if (attempt->verdict == ENTRY_DISAGREES) {
		case_line("; This processor, where that is not so:");
		print_end(COMMENT, &machine->state, &observed->outcome, observed->reason);
	}
	print_differences(observed);
	case_line(STEP "finish");
}

/* --- All of it -------------------------------------------------------------------------------- */

void entry_print(struct entry_machine *machine, const struct entry_case *tried,
		 const struct entry_attempt *attempt, const char *origin)
{
	u64 kept[ENTRY_FIELDS];

	__builtin_memcpy(kept, machine->state.fields, sizeof(kept));
	entry_case_twist(machine, tried);
	if (tried->poisoned)
		entry_poison_add(machine, &machine->state);
	print_title(attempt, origin);
	entry_print_pages(machine);
	print_fields(machine);
	case_line("%s", "");
	print_expectation(machine, attempt);
	case_line("%s", "");
	entry_print_contents(machine);
	__builtin_memcpy(machine->state.fields, kept, sizeof(kept));
}
