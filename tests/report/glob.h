/* glob.h -- names picked by pattern */
#ifndef GLOB_H
#define GLOB_H

#include "kernel/types.h"

/* Whether the whole text matches the pattern, in which * stands for any number of characters, ? for
 * one, and every other character for itself.  Neither needs a closing zero.  The time this takes
 * is at most proportional to length times pattern_length. */
bool glob_matches(const char *pattern, size_t pattern_length, const char *text, size_t length);

#endif
