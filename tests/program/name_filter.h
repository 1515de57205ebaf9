/* name_filter.h -- tells quickly that a name was added only once
 *
 * It keeps no names but a few bits for each, so it may take two names for one: then it says that
 * a name may have come twice, and whoever asks has to look.
 */
#ifndef NAME_FILTER_H
#define NAME_FILTER_H

#include "kernel/types.h"

void name_filter_add(const char *name);
/* False if the name was not added more than once. */
bool name_filter_may_be_twice(const char *name);

#endif
