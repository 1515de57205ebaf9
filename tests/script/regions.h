/* regions.h -- the pages of a scenario, and where its guest starts in them */
#ifndef REGIONS_H
#define REGIONS_H

#include "tests/script/check.h"

bool script_regions_are_good(const struct check *check);

/* Checks the mode, what the scenario needs, how many views it has, and where its guest starts. */
bool script_start_is_good(const struct check *check);

/* Whether all these bytes lie in one page declaration. */
bool script_region_holds(const struct check *check, u64 address, u64 size);

/* Whether a page declaration starts at the address. */
bool script_region_starts_at(const struct check *check, u64 address);

#endif
