/* case_report.c -- finds the smallest case of a disagreement, and prints it */
#include "tests/suites/cases/case_report.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case_print.h"
#include "tests/suites/cases/case_shrink.h"
#include "tests/suites/cases/case_try.h"

/* What disagrees() needs besides the case. */
struct attempt {
	struct case_machine *machine;
	struct case_result *result;
};

static bool disagrees(void *context, const struct test_case *test_case)
{
	struct attempt *attempt = context;

	return case_try(attempt->machine, test_case, attempt->result) &&
	       case_differs(attempt->result);
}

void case_report(struct case_machine *machine, struct test_case *test_case,
		 struct case_result *result, const char *origin)
{
	struct attempt attempt = { machine, result };
	unsigned tried = case_shrink(test_case, &machine->memory.offers, disagrees, &attempt);

	case_try(machine, test_case, result);
	note("as small as %u more cases could make it, as a scenario to be run by itself:", tried);
	case_print(&machine->memory, test_case, result, origin);
}
