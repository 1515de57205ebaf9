/* matrix.h -- every bit of every field alone, in every base, and pairs of violated rules
 *
 * Each case is run once, when the first test asks for its result; the results stay.
 */
#ifndef MATRIX_H
#define MATRIX_H

#include "tests/suites/entry/danger.h"
#include "tests/suites/entry/results.h"

/* Runs all cases that have not been run yet. */
const struct entry_results *entry_matrix(void);

/* The same for a base and those before it. */
const struct entry_base_result *entry_matrix_base(unsigned base);

/* Tries the one case that dangers.def has for it, once the text is announced. */
struct entry_base_result entry_matrix_danger(enum entry_danger danger, const char *text);

#endif
