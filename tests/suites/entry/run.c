/* run.c -- enters as a case says, and takes back what it wrote */
#include "tests/suites/entry/run.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "tests/suites/entry/aftermath.h"
#include "tests/suites/entry/fields.h"

/* --- Poison ----------------------------------------------------------------------------------- */

static u64 poison(enum entry_field field, u64 value)
{
	switch (field) {
	case ENTRY_FIELD_guest_rflags: return value & ~(u64)RFLAGS_FIXED;
	case ENTRY_FIELD_guest_cr4:    return value & ~(u64)CR4_VMXE;
	default:                       return value;
	}
}

static const u16 poisoned_fields[] = { ENTRY_FIELD_guest_rflags, ENTRY_FIELD_guest_cr4 };

bool entry_field_has_poison(enum entry_field field)
{
	for (unsigned i = 0; i < COUNT(poisoned_fields); i++)
		if (poisoned_fields[i] == field)
			return true;
	return false;
}

void entry_poison(struct entry_state *state)
{
	for (unsigned i = 0; i < COUNT(poisoned_fields); i++)
		state->fields[poisoned_fields[i]] =
			poison(poisoned_fields[i], state->fields[poisoned_fields[i]]);
}

struct entry_set entry_poison_rules(const struct entry_machine *machine)
{
	struct entry_state state = machine->state;

	entry_poison(&state);
	return entry_violations(&state);
}

static u64 poison_if(const struct entry_machine *machine, enum entry_field field, u64 value)
{
	return machine->poisoned ? poison(field, value) : value;
}

/* As the VMCS has the field that no case twists. */
static u64 before_twists(const struct entry_machine *machine, enum entry_field field)
{
	return poison_if(machine, field, machine->state.fields[field]);
}

/* It stays from one case to the next, as most that follow each other are alike in this. */
static void set_poison(struct entry_machine *machine, bool poisoned)
{
	if (machine->poisoned == poisoned)
		return;
	machine->poisoned = poisoned;
	for (unsigned i = 0; i < COUNT(poisoned_fields); i++)
		vmcs_put(entry_field_encoding(poisoned_fields[i]),
			 before_twists(machine, poisoned_fields[i]));
}

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
	vmcs_put(entry_field_encoding(field), before_twists(machine, field));
}

/* --- What a guest that ran leaves ------------------------------------------------------------- */

/* What an exit by the first instruction writes other values to than it found. */
static const u16 changed_by_run[] = {
	ENTRY_FIELD_guest_cs_access_rights,     /* in real-address mode */
	ENTRY_FIELD_guest_rip, ENTRY_FIELD_guest_rsp, ENTRY_FIELD_guest_rflags,
	ENTRY_FIELD_guest_interruptibility_state, ENTRY_FIELD_guest_activity_state,
	ENTRY_FIELD_guest_pending_debug_exceptions, ENTRY_FIELD_entry_interruption_information,
};

static bool twists_a_control(const struct entry_case *tried)
{
	for (unsigned i = 0; i < tried->count; i++)
		if (entry_field_kind(tried->twists[i].field) == CONTROL)
			return true;
	return false;
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
	if (machine->base->event || machine->vm.exit.reason != EXIT_vmcall ||
	    twists_a_control(tried))
		write_guest_back(machine);
	for (unsigned i = 0; i < COUNT(changed_by_run); i++)
		write_back(machine, changed_by_run[i]);
}

/* --- The entry -------------------------------------------------------------------------------- */

static struct entry_observed enter(struct entry_machine *machine, const struct entry_case *tried)
{
	struct entry_observed observed = { 0 };

	vm_run(&machine->vm);
	observed.outcome = entry_outcome_of(&machine->vm.exit);
	observed.reason = machine->vm.exit.reason;
	entry_judge_aftermath(machine, tried, &observed);
	if (observed.outcome.end != ENTRY_VMFAIL)
		machine->last = entry_exit_fields();
	return observed;
}

bool entry_case_run(struct entry_machine *machine, const struct entry_case *tried,
		    struct entry_observed *observed)
{
	bool lost;

	set_poison(machine, tried->poisoned);
	lost = write_twists(machine, tried);
	*observed = enter(machine, tried);
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
		    vmcs_read(entry_field_encoding(*changed)) != before_twists(machine, *changed))
			return false;
	return true;
}
