/* case_run.h -- runs a case that is built on the processor */
#ifndef CASE_RUN_H
#define CASE_RUN_H

#include "tests/model/model.h"
#include "tests/suites/cases/case_memory.h"
#include "vmx/vm.h"

/* Cases are run in it, one after the other. */
struct case_machine {
	struct vm vm;
	struct case_memory memory;
	u64 entry_controls, secondary_controls; /* of a guest with 4-level paging */
	u32 except;                             /* quirks to correct for (case_quirks.h) */
	/* Makes the model wrong on purpose, to try whether that is noticed; null to leave it. */
	void (*mistake)(struct model *model);
};

/* False after skip(), if this processor does not offer what a case needs, or memory is short. */
bool case_machine_start(struct case_machine *machine);
void case_machine_end(struct case_machine *machine);

/* Writes the guest's registers, controls and EPTP; case_model() made the model of the case. */
void case_write_state(const struct case_machine *machine, const struct test_case *test_case,
		      const struct model *model);

/* Runs the guest's code at `rip`, which makes its access to the linear address, and tells in the
 * model's terms how that ended.  False if it ended with an exit that the model does not know;
 * machine->vm.exit is the exit. */
bool case_run(struct case_machine *machine, gla_t rip, gla_t address,
	      struct model_outcome *outcome);

#endif
