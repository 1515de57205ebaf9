/* poison.c -- illegal values of guest state that a case has besides its twists */
#include "tests/suites/entry/poison.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "tests/suites/entry/fields.h"

static const u16 fields[ENTRY_POISONS] = {
#define POISON(field, ...) ENTRY_FIELD_##field,
#include "tests/suites/entry/poisons.def"
#undef POISON
};

void entry_poison_start(struct entry_machine *machine)
{
	unsigned number = 0;
	u64 value;

	machine->poison.in_force = machine->poison.stays = false;
#define POISON(field, poisoned)                                                                    \
	value = machine->state.fields[ENTRY_FIELD_##field];                                        \
	machine->poison.values[number++] = (poisoned);
#include "tests/suites/entry/poisons.def"
#undef POISON
}

/* --- In use ----------------------------------------------------------------------------------- */

/* The number of the first of the two that are in use from this place on, or of the second. */
static unsigned number_at(const struct entry_poison *poison, unsigned place)
{
	return poison->usable[place < poison->count ? place : place - poison->count];
}

u64 entry_poisoned_value(const struct entry_machine *machine, enum entry_field field)
{
	const struct entry_poison *poison = &machine->poison;

	if (!poison->in_force || entry_field_kind(field) != GUEST)
		return machine->state.fields[field];
	for (unsigned i = 0; i < 2; i++) {
		unsigned number = number_at(poison, poison->turn + i);

		if (fields[number] == field)
			return poison->values[number];
	}
	return machine->state.fields[field];
}

static void write(struct entry_machine *machine, bool in_force)
{
	machine->poison.in_force = in_force;
	for (unsigned i = 0; i < 2; i++) {
		unsigned number = number_at(&machine->poison, machine->poison.turn + i);
		enum entry_field field = fields[number];

		machine->poison.used |= 1u << number;
		vmcs_put(entry_field_encoding(field), entry_poisoned_value(machine, field));
	}
}

bool entry_poison_is_in(const struct entry_machine *machine, enum entry_field field)
{
	const struct entry_poison *poison = &machine->poison;

	return fields[number_at(poison, poison->turn)] == field ||
	       fields[number_at(poison, poison->turn + 1)] == field;
}

void entry_poison_add(const struct entry_machine *machine, struct entry_state *state)
{
	for (unsigned i = 0; i < 2; i++) {
		unsigned number = number_at(&machine->poison, machine->poison.turn + i);

		state->fields[fields[number]] = machine->poison.values[number];
	}
}

struct entry_set entry_poison_rules(const struct entry_machine *machine)
{
	struct entry_state state = machine->state;

	entry_poison_add(machine, &state);
	return entry_violations(&state);
}

/* A twist takes the place of a poison of the same field. */
static bool keeps_both(const struct entry_machine *machine, const struct entry_case *tried)
{
	for (unsigned i = 0; i < tried->count; i++)
		if (entry_field_kind(tried->twists[i].field) == GUEST &&
		    entry_poison_is_in(machine, tried->twists[i].field))
			return false;
	return true;
}

#define CASES_OF_A_TURN 16                      /* as each takes some VMWRITEs */

static void next_turn(struct entry_machine *machine)
{
	struct entry_poison *poison = &machine->poison;

	if (poison->in_force)
		write(machine, false);
	poison->turn = poison->turn + 1 < poison->count ? poison->turn + 1 : 0;
}

static void turn_for(struct entry_machine *machine, const struct entry_case *tried)
{
	if (++machine->poison.cases % CASES_OF_A_TURN == 0)
		next_turn(machine);
	for (unsigned i = 0; i < machine->poison.count; i++) {
		if (keeps_both(machine, tried))
			break;
		next_turn(machine);
	}
}

/* Poison stays from one case to the next, as most that follow each other are alike in this. */
void entry_poison_set(struct entry_machine *machine, const struct entry_case *tried)
{
	struct entry_poison *poison = &machine->poison;

	if (tried->poisoned && !poison->stays)
		turn_for(machine, tried);
	if (poison->in_force != tried->poisoned)
		write(machine, tried->poisoned);
}

/* --- Measured --------------------------------------------------------------------------------- */

struct entry_twist entry_poison_twist(const struct entry_machine *machine, unsigned number)
{
	return (struct entry_twist){ fields[number], machine->poison.values[number] };
}
