/* case_shrink.h -- the smallest case that shows what a larger one showed */
#ifndef CASE_SHRINK_H
#define CASE_SHRINK_H

#include "tests/suites/cases/case.h"

/* Whether the case shows it. */
typedef bool case_shows_t(void *context, const struct ept_case *that);

/* Makes one thing after the other ordinary, as long as the case still shows it; in the end it does
 * not without any of what is left.  Returns how many cases were tried. */
unsigned case_shrink(struct ept_case *that, const struct case_offers *offers,
		     case_shows_t *shows, void *context);

#endif
