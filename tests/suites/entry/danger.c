/* danger.c -- states of which an emulator is known to die */
#include "tests/suites/entry/danger.h"
#include "kernel/control_registers.h"
#include "vmx/capabilities.h"
#include "vmx/exit.h"

static bool is_event_of_type_7(const struct entry_state *state)
{
	u64 event = state->fields[ENTRY_FIELD_entry_interruption_information];

	return (event >> 31 & 1) && (event >> 8 & 7) == EVENT_other_event;
}

static bool is_ia_32e_mode(const struct entry_state *state)
{
	return state->fields[ENTRY_FIELD_entry_controls] & VM_ENTRY_ia_32e_mode_guest;
}

/* Without it the state is illegal, and is refused as such. */
static bool processor_has_la57(const struct entry_state *state)
{
	return state->processor->cr4_fixed1 & CR4_LA57;
}

bool entry_is_danger(const struct entry_state *state, enum entry_danger danger)
{
	switch (danger) {
#define DANGER(name, base, field, bits, is_one, text)                                              \
	case ENTRY_DANGER_##name: return is_one;
#include "tests/suites/entry/dangers.def"
#undef DANGER
	default: return false;
	}
}

bool entry_is_dangerous(const struct entry_state *state)
{
#define DANGER(name, base, field, bits, is_one, text)                                              \
	if (is_one)                                                                                \
		return true;
#include "tests/suites/entry/dangers.def"
#undef DANGER
	return false;
}

#define EVENT(type, vector) (BIT(31) | EVENT_##type << 8 | (vector))

enum {
#define BASE(name, ...) BASE_NUMBER_##name,
#include "tests/suites/entry/bases.def"
#undef BASE
};

struct entry_danger_case entry_danger_case(enum entry_danger danger)
{
	static const struct {
		u16 base, field;
		u64 bits;
	} rows[] = {
#define DANGER(name, base, field, bits, is_one, text)                                              \
	{ BASE_NUMBER_##base, ENTRY_FIELD_##field, bits },
#include "tests/suites/entry/dangers.def"
#undef DANGER
	};

	return (struct entry_danger_case){
		&entry_bases[rows[danger].base], rows[danger].field, rows[danger].bits,
	};
}
