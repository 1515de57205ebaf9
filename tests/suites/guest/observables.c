/* observables.c -- what a script can observe is of the last exit, and not of an earlier one */
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
