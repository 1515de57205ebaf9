/* steps.h -- a step of a scenario by itself, whatever it is about */
#ifndef STEPS_H
#define STEPS_H

#include "tests/script/check.h"

/* Needs a step whose kind has a name. */
bool script_step_is_good(const struct check *check, u32 which);

/* The kind's name in steps.def; null if there is no such kind. */
const char *script_step_name(u32 kind);

#endif
