/* state_checks.h -- steps about the processor: VMCS fields, observables, exits */
#ifndef STATE_CHECKS_H
#define STATE_CHECKS_H

#include "tests/script/check.h"

/* True as well for a step that is about something else. */
bool script_state_step_is_good(const struct check *check, u32 which);

#endif
