/* script_check.h -- whether a file is a scenario that can be played */
#ifndef SCRIPT_CHECK_H
#define SCRIPT_CHECK_H

#include "tests/script/script.h"

/* Checks magic, version, sizes, offsets, overlaps, enums, texts and the order of the steps.
 * Returns null and fills *script, or returns the reason why not in plain words (in `reason`). */
const char *script_check(const u8 *start, u64 available, struct script *script,
			 char *reason, size_t reason_size);

#endif
