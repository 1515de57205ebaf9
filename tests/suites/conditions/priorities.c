/* priorities.c -- the faults of an instruction that go before its VM exit, by mode, CPL and LOCK */
#include "kernel/control_registers.h"
#include "kernel/exceptions.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/guest_end.h"
#include "vmx/capabilities.h"

#define TABLE "tests/suites/conditions/priorities.def"
#define LOCKED STAGE_STATES                     /* its column behind those of the states */
#define LOCK   '\xf0'

struct priority {
	const char *code;
	const struct change *always;
	const char *ends;                       /* a letter for each state, and for LOCK */
	u16 reason, line;
	u8 size;
};

static struct expected expected_of(const struct priority *row, char letter)
{
	static const struct expected undefined = FAULTS(UD), protection = FAULTS(GP);

	if (letter == 'U')
		return undefined;
	if (letter == 'G')
		return protection;
	return (struct expected){ row->reason, 0,
				  row->reason == EXIT_vmcall ? THE_QUALIFICATION : ANY_DETAIL, 0 };
}

/* False after skip(). */
static bool run_column(const struct priority *row, unsigned column)
{
	bool locked = column == LOCKED;
	enum stage_state state = locked ? STATE_KERNEL_64 : (enum stage_state)column;
	struct expected expected = expected_of(row, row->ends[column]);
	const struct place place = { TABLE, row->line,
				     locked ? "with LOCK" : stage_state_text(state) };
	char code[16] = { LOCK };
	struct stage stage;

	memcpy(code + locked, row->code, row->size);
	if (!stage_start(&stage, state, code, row->size + locked) ||
	    !stage_change(&stage, row->always))
		return false;
	expect_end(&stage, &expected, GUEST_CODE, &place);
	vm_end(&stage.vm);
	return true;
}

static void run_priority(const struct test *test)
{
	const struct priority *row = test->row;

	for (unsigned column = 0; column <= LOCKED; column++) {
		if (row->ends[column] == '-')
			continue;
		if (column < LOCKED && !stage_state_offered(column))
			note("%s is not tried, as there is no unrestricted guest",
			     stage_state_text(column));
		else if (!run_column(row, column))
			return;
	}
}

#define PRIORITY(name, code, always, reason, states, text)                                         \
	_Static_assert(sizeof(states) - 1 == LOCKED + 1, #name);                                   \
	static const struct priority priority_##name = {                                           \
		code, CHANGES(always), states, EXIT_##reason, __LINE__,                  \
		sizeof(code) - 1,                                                                  \
	};                                                                                         \
	TEST_ROW(test_##name, run_priority, &priority_##name, "priorities/" #name,                 \
		 text " exits in each mode and at each CPL unless it faults first",                \
		 "Relative Priority of Faults and VM Exits");
#include "tests/suites/conditions/priorities.def"
#undef PRIORITY
