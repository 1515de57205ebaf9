/* case_shrink.h -- makes a case as small as it can be while it meets a condition */
#ifndef CASE_SHRINK_H
#define CASE_SHRINK_H

#include "tests/suites/cases/case.h"

/* What the smaller case must still meet: for instance that model and processor disagree on it. */
typedef bool case_condition_t(void *context, const struct test_case *test_case);

/* Makes one thing after the other ordinary, until the condition needs all that is left.  Returns
 * how many cases were tried. */
unsigned case_shrink(struct test_case *test_case, const struct case_offers *offers,
		     case_condition_t *condition, void *context);

#endif
