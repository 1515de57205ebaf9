/* exit_information.c -- what each kind of VM exit clears of the exit information
 *
 * The IDT-vectoring information of each kind is in its row, and compared by exit_kind_run().
 */
#include "tests/report/test.h"
#include "tests/suites/guest/exit_kinds.h"
#include "vmx/exit_defaults.h"
#include "vmx/vmcs.h"

static void expect_defaults(const struct exit_kind *kind, const struct exit *exit)
{
	char text[160];

	for (enum exit_default which = 0; which < EXIT_DEFAULTS; which++)
		if (which != DEFAULT_IDT_VECTORING &&
		    !exit_default_holds(exit, which, text, sizeof(text)))
			fail_at(kind->file, kind->line, "%s", text);
}

static void run_kind(const struct test *test)
{
	const struct exit_kind *kind = test->row;
	const struct entry_state usual = { 0 };
	struct vm vm;

	if (!exit_kind_run(kind, &usual, &vm))
		return;
	if (vm.exit.reason == kind->reason)
		expect_defaults(kind, &vm.exit);
	exit_kind_end(kind, &vm);
}

#define EXIT_KIND(name, mode, code, needs, prepare, reason, moved, vectoring, rf, blocking, step,  \
		  activity, text)                                                                  \
	TEST_ROW(information_##name, run_kind, &exit_kinds[KIND_##name],                           \
		 "exit_information/" #name,                                                        \
		 text " clears the exit information that it has not",                              \
		 "Recording VM-Exit Information and Updating VM-Entry Control Fields");
#include "tests/suites/guest/exit_kinds.def"
#undef EXIT_KIND

/* Of the VM-entry control fields a VM exit changes one bit, the valid bit of the interruption
 * information. */
TEST("exit_information/leaves_the_entry_instruction_length",
     "an EPT violation while a software interrupt is delivered leaves the VM-entry instruction "
     "length",
     "Recording VM-Exit Information and Updating VM-Entry Control Fields")
{
	const struct exit_kind *kind = &exit_kinds[KIND_interrupt_delivery];
	const struct entry_state usual = { 0 };
	struct vm vm;

	if (!exit_kind_run(kind, &usual, &vm))
		return;
	EXPECT_EQUAL(vmcs_read(ENTRY_INSTRUCTION_LENGTH), 0);
	exit_kind_end(kind, &vm);
}
