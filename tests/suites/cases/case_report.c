#include "tests/suites/cases/case_report.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case_print.h"
#include "tests/suites/cases/case_shrink.h"

struct report {
	struct case_machine *machine;
	struct case_result *result;
};

static bool differs(void *context, const struct ept_case *that)
{
	struct report *report = context;

	return case_try(report->machine, that, report->result) && case_differs(report->result);
}

void case_report(struct case_machine *machine, struct ept_case *that, struct case_result *result,
		 const char *origin)
{
	struct report report = { machine, result };
	unsigned tried = case_shrink(that, &machine->memory.offers, differs, &report);

	case_try(machine, that, result);
	note("as small as %u more cases could make it, as a scenario to be run by itself:", tried);
	case_print(&machine->memory, that, result, origin);
}

void case_report_from(const struct ept_case *that, const char *origin)
{
	static struct case_machine machine;
	static struct case_result result;
	struct ept_case case_to_print = *that;

	machine = (struct case_machine){ .except = 0 };
	if (!case_machine_start(&machine))
		return;
	case_settle(&case_to_print, &machine.memory.offers);
	if (case_try(&machine, &case_to_print, &result) && case_differs(&result))
		case_report(&machine, &case_to_print, &result, origin);
	else
		note("the same by itself ends as the model says");
	case_machine_end(&machine);
}
