/* try.h -- tries a case, if the machine can live with whatever comes of it */
#ifndef TRY_H
#define TRY_H

#include "tests/suites/entry/judge.h"

/* Poisons it if it must be, and judges how it ends. */
void entry_try(struct entry_trial *trial, struct entry_case *tried);

/* Tries two twists at once, if the processor has both fields. */
void entry_try_two(struct entry_trial *trial, struct entry_twist one, struct entry_twist other);

#endif
