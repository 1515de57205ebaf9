/* memory_checks.h -- steps about the guest's memory: bytes, EPT entries, what is cached */
#ifndef MEMORY_CHECKS_H
#define MEMORY_CHECKS_H

#include "tests/script/check.h"

/* True as well for a step that is about something else. */
bool script_memory_step_is_good(const struct check *check, u32 which);

/* For a step that writes a revision identifier, at `value`, with bits inverted, `second`. */
bool script_revision_is_good(const struct check *check, u32 which);

#endif
