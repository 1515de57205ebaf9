/* case.h -- an entry that differs from a base in a few fields */
#ifndef CASE_H
#define CASE_H

#include "tests/suites/entry/base.h"

#define ENTRY_TWISTS 2

struct entry_twist {
	enum entry_field field;
	u64 value;
};

/* A poisoned case has two illegal bits of guest state besides, so that the entry fails even if the
 * twisted controls or host state are taken: no guest runs under them. */
struct entry_case {
	struct entry_twist twists[ENTRY_TWISTS];
	u8 count;
	bool poisoned;
};

#endif
