/* poison_measure.c -- which of the illegal values of poisons.def this processor refuses */
#include "tests/suites/entry/poison_measure.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/run.h"

static bool is_refused(struct entry_machine *machine, unsigned number)
{
	struct entry_case tried = {
		.twists = { entry_poison_twist(machine, number) }, .count = 1,
	};
	struct entry_observed observed;

	entry_case_twist(machine, &tried);
	entry_case_run(machine, &tried, &observed);
	entry_case_undo(machine, &tried, &observed);
	return observed.outcome.end == ENTRY_FAILS;
}

void entry_poison_measure(struct entry_machine *machine)
{
	struct entry_poison *poison = &machine->poison;

	poison->count = 0;
	poison->turn = 0;
	for (unsigned number = 0; number < ENTRY_POISONS; number++)
		if (is_refused(machine, number))
			poison->usable[poison->count++] = (u8)number;
}
