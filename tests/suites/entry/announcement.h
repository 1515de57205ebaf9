/* announcement.h -- which rules of the controls a case violates, said before it is entered
 *
 * For the census of checks that an L0 misses (docs/results.md): its own warning does not say what
 * it is about.
 */
#ifndef ANNOUNCEMENT_H
#define ANNOUNCEMENT_H

#include "tests/suites/entry/case.h"

/* Says nothing if no such rule is violated, or the same as by the last case that was announced. */
void entry_announce(const struct entry_base *base, const struct entry_case *tried,
		    const struct entry_set *violated);

#endif
