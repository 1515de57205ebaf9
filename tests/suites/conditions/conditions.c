/* conditions.c -- instructions that exit, fault or run by one condition, with it and without it */
#include "kernel/control_registers.h"
#include "kernel/exceptions.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/guest_end.h"
#include "vmx/capabilities.h"

#define TABLE "tests/suites/conditions/conditions.def"
#define IOPL_3      BITS(13, 12)                /* of RFLAGS */
#define ENGINE_PML4 0xffe00000u                 /* vmx/guest_paging.h */

struct trial {
	const char *code;
	const struct change *always, *condition;
	struct expected with, without;
	u16 line;
	u8 size, at, state;
};

/* False after skip(). */
static bool run_way(const struct trial *row, bool with)
{
	const struct place place = {
		TABLE, row->line, with ? "with the condition" : "without the condition",
	};
	struct stage stage;

	if (!stage_start(&stage, row->state, row->code, row->size) ||
	    !stage_change(&stage, row->always) ||
	    (with && !stage_change(&stage, row->condition)))
		return false;
	expect_end(&stage, with ? &row->with : &row->without, GUEST_CODE + row->at, &place);
	vm_end(&stage.vm);
	return true;
}

static void run_condition(const struct test *test)
{
	if (run_way(test->row, true))
		run_way(test->row, false);
}

#define CONDITION(name, state, code, at, always, condition, with, without, claim, section)         \
	static const struct trial condition_##name = {                                         \
		code, CHANGES(always), CHANGES(condition), with, without,                \
		__LINE__, sizeof(code) - 1, at, STATE_##state,                                     \
	};                                                                                         \
	TEST_ROW(test_##name, run_condition, &condition_##name, "conditions/" #name, claim,        \
		 section);
#include "tests/suites/conditions/conditions.def"
#undef CONDITION
