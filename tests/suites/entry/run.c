/* run.c -- enters as a case says, and takes back what it wrote */
#include "tests/suites/entry/run.h"
#include "tests/suites/entry/aftermath.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/host.h"
#include "tests/suites/entry/information.h"
#include "tests/suites/entry/poison.h"

/* --- The twists ------------------------------------------------------------------------------- */

/* The reserved bits of access rights may be lost (SDM vol. 3, "Guest Register State"). */
static bool may_lose_bits(enum entry_field field)
{
	return field >= ENTRY_FIELD_guest_es_access_rights &&
	       field <= ENTRY_FIELD_guest_tr_access_rights;
}

void entry_case_twist(struct entry_machine *machine, const struct entry_case *tried)
{
	for (unsigned i = 0; i < tried->count; i++) {
		u64 *field = &machine->state.fields[tried->twists[i].field];

		machine->before[i] = *field;
		*field = tried->twists[i].value;
	}
}

void entry_case_untwist(struct entry_machine *machine, const struct entry_case *tried)
{
	for (unsigned i = tried->count; i-- > 0;)
		machine->state.fields[tried->twists[i].field] = machine->before[i];
}

static bool write_twists(struct entry_machine *machine, const struct entry_case *tried)
{
	bool lost = false;

	for (unsigned i = 0; i < tried->count; i++) {
		const struct entry_twist *twist = &tried->twists[i];
		enum vmcs_field encoding = entry_field_encoding(twist->field);
		u64 *field = &machine->state.fields[twist->field];

		vmcs_put(encoding, twist->value);
		if (may_lose_bits(twist->field))
			*field = vmcs_read(encoding);
		lost |= *field != twist->value;
	}
	return lost;
}

static void write_back(const struct entry_machine *machine, enum entry_field field)
{
	vmcs_put(entry_field_encoding(field), entry_poisoned_value(machine, field));
}

/* --- What a guest that ran leaves ------------------------------------------------------------- */

/* What an exit by the first instruction writes other values to than it found. */
static const u16 changed_by_run[] = {
	ENTRY_FIELD_guest_cs_access_rights,     /* in real-address mode */
	ENTRY_FIELD_guest_rip, ENTRY_FIELD_guest_rsp, ENTRY_FIELD_guest_rflags,
	ENTRY_FIELD_guest_interruptibility_state, ENTRY_FIELD_guest_activity_state,
	ENTRY_FIELD_guest_pending_debug_exceptions, ENTRY_FIELD_entry_interruption_information,
};

/* What the delivery of an event writes besides, but in virtual-8086 mode, which it leaves with new
 * segment registers. */
static const u16 changed_by_event[] = {
	ENTRY_FIELD_guest_cs_selector, ENTRY_FIELD_guest_cs_base, ENTRY_FIELD_guest_cs_limit,
	ENTRY_FIELD_guest_cs_access_rights, ENTRY_FIELD_guest_ss_selector,
	ENTRY_FIELD_guest_ss_base, ENTRY_FIELD_guest_ss_limit, ENTRY_FIELD_guest_ss_access_rights,
};

/* An MSR of a list may be one that each exit saves. */
static bool loads_other_msrs(const struct entry_case *tried)
{
	return entry_case_twists(tried, ENTRY_FIELD_entry_msr_load_count) ||
	       entry_case_twists(tried, ENTRY_FIELD_entry_msr_load_address);
}

static bool gets_event(const struct entry_machine *machine, const struct entry_case *tried)
{
	return machine->base->event ||
	       entry_case_twists(tried, ENTRY_FIELD_entry_interruption_information);
}

static bool may_change_anything(const struct entry_machine *machine, const struct entry_case *tried)
{
	return machine->vm.exit.reason != machine->base->exit || loads_other_msrs(tried) ||
	       (machine->base->kinds & BASE_VIRTUAL_8086 && gets_event(machine, tried));
}

static void write_all_back(const struct entry_machine *machine, const u16 *fields, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		write_back(machine, fields[i]);
}

static void write_guest_back(const struct entry_machine *machine)
{
	for (unsigned i = 0; i < machine->guest_field_count; i++)
		vmcs_put(machine->guest_fields[i].encoding,
			 machine->state.fields[machine->guest_fields[i].field]);
}

/* The twisted fields have been written back. */
static void take_run_back(struct entry_machine *machine, const struct entry_case *tried)
{
	entry_fill_registers(&machine->vm.registers);
	if (may_change_anything(machine, tried))
		write_guest_back(machine);
	else if (gets_event(machine, tried))
		write_all_back(machine, changed_by_event, COUNT(changed_by_event));
	write_all_back(machine, changed_by_run, COUNT(changed_by_run));
}

/* --- The entry -------------------------------------------------------------------------------- */

/* One case of so many where entries are slow. */
#define SHARE_OF_SLOW 64

static bool is_looked_at_as_a_whole(struct entry_machine *machine)
{
	return !machine->is_slow || machine->entries++ % SHARE_OF_SLOW == 0;
}

bool entry_case_run(struct entry_machine *machine, const struct entry_case *tried,
		    struct entry_observed *observed)
{
	bool lost, whole = is_looked_at_as_a_whole(machine);

	entry_poison_set(machine, tried);
	lost = write_twists(machine, tried);
	if (whole) {
		entry_information_prepare(&machine->information);
		entry_host_disturb();
	}
	vm_run(&machine->vm);
	observed->outcome = entry_outcome_of(&machine->vm.exit);
	observed->reason = machine->vm.exit.reason;
	observed->count = 0;
	entry_judge_aftermath(machine, tried, whole, observed);
	return lost;
}

void entry_case_undo(struct entry_machine *machine, const struct entry_case *tried,
		     const struct entry_observed *observed)
{
	entry_case_untwist(machine, tried);
	for (unsigned i = 0; i < tried->count; i++)
		write_back(machine, tried->twists[i].field);
	if (observed->outcome.end == ENTRY_SUCCEEDS)
		take_run_back(machine, tried);
}

bool entry_base_stands(const struct entry_machine *machine, enum entry_field *changed)
{
	for (*changed = 0; *changed < ENTRY_FIELDS; ++*changed)
		if (entry_field_exists(*changed) &&
		    vmcs_read(entry_field_encoding(*changed)) !=
			    entry_poisoned_value(machine, *changed))
			return false;
	return true;
}
