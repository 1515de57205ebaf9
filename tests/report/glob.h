/* glob.h -- names picked by pattern */
#ifndef GLOB_H
#define GLOB_H

#include "kernel/types.h"

/* Whether the whole text matches: * stands for any characters, ? for one, all else for itself.
 * Neither needs a closing zero.  Takes time length x pattern_length at most. */
bool glob_matches(const char *pattern, size_t pattern_length, const char *text, size_t length);

#endif
