/* expect_outcome.h -- how a VMX instruction must end, down to the error code of its fault */
#ifndef EXPECT_OUTCOME_H
#define EXPECT_OUTCOME_H

#include "vmx/outcome.h"

/* A fault and its error code; an outcome by itself stands for one with error code 0. */
#define FAULT(vector, error) (FAULTED(VECTOR_##vector) | (u64)(error) << 32)

/* Fails the test, "WHAT ends with ..., expected ...", if the outcome is another; the error code is
 * that of the last fault. */
void expect_outcome(const char *file, u32 line, const char *what, outcome_t found, u64 expected);

#define EXPECT_OUTCOME(found, expected) expect_outcome(__FILE__, __LINE__, #found, found, expected)

#endif
