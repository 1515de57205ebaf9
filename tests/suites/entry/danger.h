/* danger.h -- states of which an emulator is known to die, each in a test of its own */
#ifndef DANGER_H
#define DANGER_H

#include "tests/suites/entry/base.h"

enum entry_danger {
#define DANGER(name, ...) ENTRY_DANGER_##name,
#include "tests/suites/entry/dangers.def"
#undef DANGER
	ENTRY_DANGERS
};

/* Whether the state is of this kind, and of any. */
bool entry_is_danger(const struct entry_state *state, enum entry_danger danger);
bool entry_is_dangerous(const struct entry_state *state);

/* A case of it: bits of a field inverted. */
struct entry_danger_case {
	const struct entry_base *base;
	enum entry_field field;
	u64 bits;
};
struct entry_danger_case entry_danger_case(enum entry_danger danger);

#endif
