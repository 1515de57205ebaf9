/* expect_outcome.c -- how a VMX instruction must end, down to the error code of its fault */
#include "tests/suites/vmx/expect_outcome.h"
#include "kernel/print.h"
#include "kernel/traps.h"
#include "tests/report/test.h"

static void say(char *text, size_t size, u64 outcome)
{
	size_t length = outcome_text(text, size, (outcome_t)outcome);

	if ((outcome_t)outcome >= FAULTED(0))
		print_into(text + length, size - length, " with error code %#lx", outcome >> 32);
}

void expect_outcome(const char *file, u32 line, const char *what, outcome_t outcome, u64 expected)
{
	u64 found = outcome < FAULTED(0) ? outcome : outcome | trap_last_error << 32;
	char found_text[128], expected_text[128];

	if (found == expected)
		return;
	say(found_text, sizeof(found_text), found);
	say(expected_text, sizeof(expected_text), expected);
	fail_at(file, line, "%s ends with %s, expected %s", what, found_text, expected_text);
}
