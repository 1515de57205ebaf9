/* virtual_nmi.c -- ends what a guest with virtual NMIs may leave */
#include "vmx/virtual_nmi.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vm.h"

#define CODE 0x1000u

/* It ends blocking by NMI even if it faults, as it does without a stack. */
static const u8 iretq[] = { 0x48, 0xcf };

static void run_iret(void)
{
	struct vm vm;
	u8 *page;

	if (vm_start(&vm, MODE_long64, CODE))
		return;
	page = page_alloc();
	memcpy(page, iretq, sizeof(iretq));
	vm_map(&vm, gpa(CODE), ept_leaf(hpa_of(page), RX, WB));
	vmcs_write(PIN_BASED_CONTROLS, vmcs_read(PIN_BASED_CONTROLS) | PIN_BASED_virtual_nmis);
	vm_run(&vm);
	vm_end(&vm);
}

void virtual_nmi_unblock(void)
{
	memory_mark_t mark = memory_mark();
	bool was_in_operation = vmx_is_in_operation();

	vmx_enter_operation();
	run_iret();
	if (!was_in_operation)
		vmx_leave_operation();
	memory_release(mark);
}
