/* case.h -- an entry that differs from a base in a few fields */
#ifndef CASE_H
#define CASE_H

#include "tests/suites/entry/base.h"

struct entry_twist {
	enum entry_field field;
	u64 value;
};

/* A poisoned case has two illegal values of guest state besides (poison.h), so that the entry fails
 * even if the twisted controls or host state are taken: no guest runs under them. */
struct entry_case {
	struct entry_twist twists[ENTRY_TWISTS];
	u8 count;
	bool poisoned;
};

static inline bool entry_case_twists(const struct entry_case *tried, enum entry_field field)
{
	for (unsigned i = 0; i < tried->count; i++)
		if (tried->twists[i].field == field)
			return true;
	return false;
}

#endif
