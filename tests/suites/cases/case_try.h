/* case_try.h -- builds a case, runs it and judges it */
#ifndef CASE_TRY_H
#define CASE_TRY_H

#include "tests/suites/cases/case_judge.h"

/* False if the case is not run, because it would lead the guest to memory that is not its own. */
bool case_try(struct case_machine *machine, const struct test_case *test_case,
	      struct case_result *result);

#endif
