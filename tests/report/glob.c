/* glob.c -- names picked by pattern */
#include "tests/report/glob.h"

/* Where a match fails, the last star takes one more character.  Earlier stars need no second try:
 * whatever they could take, the last one can take instead. */
bool glob_matches(const char *pattern, size_t pattern_length, const char *text, size_t length)
{
	size_t in_pattern = 0, in_text = 0, star = SIZE_MAX, star_end = 0;

	while (in_text < length) {
		const char *next = in_pattern < pattern_length ? &pattern[in_pattern] : NULL;

		if (next != NULL && *next == '*') {
			star = in_pattern++;
			star_end = in_text;
		} else if (next != NULL && (*next == '?' || *next == text[in_text])) {
			in_pattern++;
			in_text++;
		} else if (star != SIZE_MAX) {
			in_pattern = star + 1;
			in_text = ++star_end;
		} else {
			return false;
		}
	}
	while (in_pattern < pattern_length && pattern[in_pattern] == '*')
		in_pattern++;
	return in_pattern == pattern_length;
}
