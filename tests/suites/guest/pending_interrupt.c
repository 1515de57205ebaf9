/* pending_interrupt.c -- an external interrupt that is pending when a guest is entered */
#include "tests/suites/guest/pending_interrupt.h"
#include "kernel/flags.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"
#include "tests/report/test.h"

#define TEST_VECTOR 0xf8

bool pending_interrupt_leave(u8 vector)
{
	if (!interrupts_start()) {
		skip("%s", NO_LOCAL_APIC);
		return false;
	}
	apic_interrupt_self(vector);
	return true;
}

bool pending_interrupt_make(void)
{
	watchdog_leave_vector(TEST_VECTOR);
	return pending_interrupt_leave(TEST_VECTOR);
}

void pending_interrupt_take(struct vm *vm)
{
	if (vm->exit.reason != EXIT_external_interrupt) {
		vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
		vm_run(vm);
	}
	EXPECT_EQUAL(interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION)).vector,
		     TEST_VECTOR);
	interrupts_acknowledge(TEST_VECTOR);
}
