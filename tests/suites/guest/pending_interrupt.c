/* pending_interrupt.c -- an external interrupt that is pending when a guest is entered */
#include "tests/suites/guest/pending_interrupt.h"
#include "kernel/apic_timer.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "tests/report/test.h"

bool pending_interrupt_make(void)
{
	u64 start;

	if (!apic_timer_start()) {
		skip("needs a local APIC with a timer that counts");
		return false;
	}
	apic_timer_arm(1);
	start = tsc_read();
	while (tsc_read() - start < 3 * clock_ticks_per_millisecond())
		asm volatile ("pause");
	return true;
}

void pending_interrupt_take(struct vm *vm)
{
	if (vm->exit.reason != EXIT_external_interrupt) {
		vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
		vm_run(vm);
	}
	EXPECT_EQUAL(interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION)).vector,
		     APIC_TIMER_VECTOR);
	apic_timer_acknowledge();
}
