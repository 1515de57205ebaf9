/* case_model.h -- the case that is built, as the model needs it: the machine, and the accesses */
#ifndef CASE_MODEL_H
#define CASE_MODEL_H

#include "tests/model/model.h"
#include "tests/suites/cases/case_memory.h"

struct model case_model(const struct case_memory *memory, const struct test_case *test_case);

/* The fetch of the instruction, which comes first; the access that the instruction makes. */
struct model_access case_model_fetch(const struct test_case *test_case);
struct model_access case_model_access(const struct case_memory *memory,
				      const struct test_case *test_case);

#endif
