/* case_random.h -- cases made at random: the same ones for the same seed */
#ifndef CASE_RANDOM_H
#define CASE_RANDOM_H

#include "tests/suites/cases/case.h"

/* Case number `number` of the seed, whatever came before.  Most of it is as it should be, and one
 * to three things are not, so that all kinds of outcome are about as frequent. */
void case_random(struct ept_case *that, const struct case_offers *offers, u64 seed, u64 number);

#endif
