/* case_random.h -- makes descriptions of cases at random: the same ones for the same seed */
#ifndef CASE_RANDOM_H
#define CASE_RANDOM_H

#include "tests/suites/cases/case.h"

/* Makes case number `number` of the seed; it does not depend on which cases were made before.  Most
 * of a case is ordinary: at most four flips, chosen so that an access completes, violates EPT, is
 * misconfigured or faults about equally often. */
void case_random(struct test_case *test_case, const struct case_offers *offers, u64 seed,
		 u64 number);

#endif
