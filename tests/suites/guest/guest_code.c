/* guest_code.c -- a VM with a page of machine code */
#include "tests/suites/guest/guest_code.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/player/entry_log.h"
#include "tests/report/test.h"
#include "vmx/operation.h"

bool guest_code_start_in(enum guest_mode mode, struct vm *vm, const u8 *code, size_t size)
{
	const char *refused;
	u8 *page;

	vmx_enter_operation();
	refused = vm_start(vm, mode, GUEST_CODE);
	if (refused) {
		skip("needs %s, which this processor does not offer", refused);
		return false;
	}
	page = page_alloc();
	memcpy(page, code, size);
	vm_map(vm, gpa(GUEST_CODE), ept_leaf(hpa_of(page), RX, WB));
	return true;
}

void expect_exit_at(const char *file, u32 line, const struct vm *vm, u32 reason)
{
	const char *found = exit_name(vm->exit.reason);

	if (vm->exit.reason == reason)
		return;
	fail_at(file, line, "exit is %u (%s), expected %s", vm->exit.reason,
		found ? found : "which the SDM does not define", exit_name(reason));
	entry_log(&vm->exit);
}
