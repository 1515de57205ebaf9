/* entry_terms.h -- what the expressions of the tables entry_*.def are made of; `state` is the
 * state that they look at
 */
#ifndef ENTRY_TERMS_H
#define ENTRY_TERMS_H

#include "tests/model/entry_state.h"

#define FIELD(name) (state->fields[ENTRY_FIELD_##name])
#define PROCESSOR(name) (state->processor->name)

/* Controls by the SDM's names (vol. 3, "VM-Execution Control Fields" and those behind it). */
enum entry_control {
#define ENTRY_CONTROL(word, bit, name) ENTRY_##word##_##name = bit,
#include "tests/model/entry_control_bits.def"
#undef ENTRY_CONTROL
};

/* Whether a control is in force: a word that is not activated counts as 0. */
#define PIN_BASED(name) (FIELD(pin_based_controls) >> ENTRY_PIN_BASED_##name & 1)
#define PRIMARY(name) (FIELD(primary_controls) >> ENTRY_PRIMARY_##name & 1)
#define SECONDARY(name) \
	(PRIMARY(activate_secondary_controls) && FIELD(secondary_controls) >> ENTRY_SECONDARY_##name & 1)
#define TERTIARY(name) \
	(PRIMARY(activate_tertiary_controls) && FIELD(tertiary_controls) >> ENTRY_TERTIARY_##name & 1)
#define EXIT(name) (FIELD(exit_controls) >> ENTRY_EXIT_##name & 1)
#define SECONDARY_EXIT(name) \
	(EXIT(activate_secondary_controls) && \
	 FIELD(secondary_exit_controls) >> ENTRY_SECONDARY_EXIT_##name & 1)
#define ENTRY(name) (FIELD(entry_controls) >> ENTRY_ENTRY_##name & 1)

/* The low half of a capability MSR has the bits that must be 1, the high half those that may be. */
static inline bool lacks_bits_that_must_be_1(u64 controls, u64 capability)
{
	return (u32)capability & ~(u32)controls;
}

static inline bool is_canonical(const struct entry_state *state, u64 address)
{
	unsigned shift = 64 - PROCESSOR(linear_width);

	return (u64)((int64_t)(address << shift) >> shift) == address;
}

#endif
