/* throwaway_guest.c -- a guest that only ends what an earlier one may have left in the processor */
#include "vmx/throwaway_guest.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "vmx/operation.h"
#include "vmx/vm.h"

#define CODE 0x1000u

static u32 run(const u8 *code, size_t size, u32 pin_based_controls)
{
	struct vm vm;
	u8 *page;

	if (vm_start(&vm, MODE_long64, CODE))
		return EXIT_vmcall;
	page = page_alloc();
	memcpy(page, code, size);
	vm_map(&vm, gpa(CODE), ept_leaf(hpa_of(page), RX, WB));
	vmcs_write(PIN_BASED_CONTROLS, vmcs_read(PIN_BASED_CONTROLS) | pin_based_controls);
	vm_run(&vm);
	vm_end(&vm);
	return vm.exit.reason;
}

u32 throwaway_guest_run(const u8 *code, size_t size, u32 pin_based_controls)
{
	memory_mark_t mark = memory_mark();
	bool was_in_operation = vmx_is_in_operation();
	u32 reason;

	vmx_enter_operation();
	reason = run(code, size, pin_based_controls);
	if (!was_in_operation)
		vmx_leave_operation();
	memory_release(mark);
	return reason;
}
