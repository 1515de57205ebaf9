/* shrink.h -- makes a case of VM entry as small as it can be while it meets a condition */
#ifndef SHRINK_H
#define SHRINK_H

#include "tests/suites/entry/case.h"

/* What the smaller case must still meet: for instance that model and processor disagree on it. */
typedef bool entry_condition_t(void *context, const struct entry_case *tried);

/* Drops one twist after the other, then one bit after the other of those that are left, until the
 * condition needs all of them.  `usual` are the fields without the case.  A field of `whole` keeps
 * its value or loses its twist.  Returns how many cases were tried. */
unsigned entry_shrink(struct entry_case *tried, const u64 usual[ENTRY_FIELDS],
		      bool (*whole)(void *context, enum entry_field field),
		      entry_condition_t *condition, void *context);

#endif
