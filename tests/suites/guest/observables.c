/* observables.c -- what a script can observe is of the last exit, and not of an earlier one */
#include "kernel/string.h"
#include "tests/player/observable.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"

#define DATA 0x5008ul

/* mov rbx, DATA; mov [rbx], rax; vmcall */
static const u8 store[] = {
	0xbb, 0x08, 0x50, 0x00, 0x00, 0x48, 0x89, 0x03, 0x0f, 0x01, 0xc1,
};
#define VMCALL_AT 8

TEST("observables/nothing_of_the_exit_before",
     "an exit without guest-physical address shows none of the EPT violation before it", "")
{
	struct vm vm;

	if (!guest_code_start(&vm, store, sizeof(store)))
		return;
	vm_run(&vm);
	EXPECT_EQUAL(observable_read(&vm, &vm.exit, OBSERVABLE_gpa), DATA);
	EXPECT_EQUAL(observable_read(&vm, &vm.exit, OBSERVABLE_gla), DATA);
	EXPECT_EQUAL(observable_read(&vm, &vm.exit, OBSERVABLE_access), W);
	observable_write(&vm, OBSERVABLE_rip, GUEST_CODE + VMCALL_AT);
	vm_run(&vm);
	EXPECT_EXIT(&vm, EXIT_vmcall);
	EXPECT_EQUAL(observable_read(&vm, &vm.exit, OBSERVABLE_gpa), 0);
	EXPECT_EQUAL(observable_read(&vm, &vm.exit, OBSERVABLE_gla), 0);
	EXPECT_EQUAL(observable_read(&vm, &vm.exit, OBSERVABLE_access), NONE);
	vm_end(&vm);
}

/* What an expectation that does not hold is told with. */
TEST("observables/in_words",
     "what an exit tells in words is told so where it is not as expected", "")
{
	static const struct { enum observable which; u64 value; const char *text; } rows[] = {
		{ OBSERVABLE_source, 3, "task_gate" },  { OBSERVABLE_kind, 5, "0x5" },
		{ OBSERVABLE_kind, 3, "event_delivery" }, { OBSERVABLE_cause, 0x4001, "B0|BS" },
		{ OBSERVABLE_msr, 0xc0000080, "IA32_EFER(0xc0000080)" },
		{ OBSERVABLE_segment, 4, "fs" },        { OBSERVABLE_segment, 7, "?" },
		{ OBSERVABLE_base, 12, "r12" },         { OBSERVABLE_index, 16, "none" },
		{ OBSERVABLE_operand, 3, "rbx" },       { OBSERVABLE_scale, 8, "0x8" },
		{ OBSERVABLE_direction, 1, "in" },      { OBSERVABLE_access, 3, "read|write" },
		{ OBSERVABLE_allowed, 5, "r-x" },       { OBSERVABLE_offset, 0, "0" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[40];

		observable_text(text, sizeof(text), rows[i].which, rows[i].value);
		if (strcmp(text, rows[i].text) != 0)
			FAIL("%s is told as %s, expected %s", observable_name(rows[i].which), text,
			     rows[i].text);
	}
}
