/* case_try.c -- takes a case from its description to the verdict */
#include "tests/suites/cases/case_try.h"
#include "kernel/paging_entry.h"
#include "tests/suites/cases/case_build.h"
#include "tests/suites/cases/case_model.h"

static bool is_own(const struct case_memory *memory, hpa_t address)
{
	return address.raw >= memory->start.raw && address.raw < memory->end.raw;
}

/* Only a flip in an entry of the guest's can lead out of its memory: one in the address, or one
 * that makes an entry that leads to a table map a page. */
static bool may_leave_memory(const struct test_case *test_case)
{
	for (unsigned i = 0; i < test_case->flip_count; i++) {
		const struct case_flip *flip = &test_case->flips[i];

		if (flip->guest && flip->bits & (PAGING_ADDRESS | PAGING_LARGE))
			return true;
	}
	return false;
}

static bool stays_in_memory(const struct case_memory *memory, const struct test_case *test_case,
			    const struct model *model, struct model_prediction *prediction)
{
	struct model_access access = case_model_access(memory, test_case);

	model_predict(model, &access, 0, prediction);
	for (unsigned i = 0; i < prediction->update_count; i++)
		if (!is_own(memory, prediction->updates[i].entry))
			return false;
	for (unsigned i = 0; i < prediction->page_count; i++)
		if (!is_own(memory, prediction->pages[i].address))
			return false;
	return prediction->outcome.event != MODEL_BEYOND_MEMORY;
}

static void run(struct case_machine *machine, const struct test_case *test_case,
		const struct model *model, struct case_result *result)
{
	gla_t rip = case_rip(test_case), address = case_linear(&machine->memory, test_case);

	case_write_state(machine, test_case, model);
	result->known = case_run(machine, rip, address, &result->outcome);
	result->exit = machine->vm.exit.reason;
	case_undo_access(&machine->memory);
}

bool case_try(struct case_machine *machine, const struct test_case *test_case,
	      struct case_result *result)
{
	struct case_memory *memory = &machine->memory;
	struct model model;
	bool runs;

	case_build(memory, test_case);
	model = case_model(memory, test_case);
	runs = !may_leave_memory(test_case) ||
	       stays_in_memory(memory, test_case, &model, &result->prediction);
	if (runs) {
		run(machine, test_case, &model, result);
		if (machine->mistake)
			machine->mistake(&model);
		case_judge(machine, test_case, &model, result);
	}
	case_restore(memory);
	return runs;
}
