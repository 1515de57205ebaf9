/* root_checks.h -- steps that execute a VMX instruction in the host, where there is no guest */
#ifndef ROOT_CHECKS_H
#define ROOT_CHECKS_H

#include "tests/script/check.h"

/* True as well for a step that is about something else. */
bool script_root_step_is_good(const struct check *check, u32 which);

#endif
