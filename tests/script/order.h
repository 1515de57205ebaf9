/* order.h -- all steps of a scenario: each by itself, and in what order they stand */
#ifndef ORDER_H
#define ORDER_H

#include "tests/script/check.h"

bool script_steps_are_good(const struct check *check);

#endif
