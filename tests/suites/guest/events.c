/* events.c -- interrupts that are pending when a guest is entered, and guests that never exit */
#include "kernel/flags.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/pending_interrupt.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

static const u8 guest_vmcall[] = { 0x0f, 0x01, 0xc1 };
static const u8 guest_loop[] = { 0xeb, 0xfe };

static void expect_interrupt_exit(u64 rflags)
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)) || !pending_interrupt_make())
		return;
	vmcs_write(GUEST_RFLAGS, rflags);
	vm_run(&vm);
	EXPECT_EQUAL(vm.exit.reason, EXIT_external_interrupt);
	EXPECT_EQUAL(vm_rip(), GUEST_CODE);
	pending_interrupt_take(&vm);
	vm_end(&vm);
}

TEST("events/pending_interrupt_exits_with_interrupts_on",
     "a pending external interrupt exits before a guest with RFLAGS.IF = 1 executes anything",
     "External-Interrupt Exiting")
{
	expect_interrupt_exit(RFLAGS_FIXED | RFLAGS_IF);
}

TEST("events/pending_interrupt_exits_with_interrupts_off",
     "a pending external interrupt exits before a guest with RFLAGS.IF = 0 executes anything",
     "External-Interrupt Exiting")
{
	expect_interrupt_exit(RFLAGS_FIXED);
}

/* Turns the VMX-preemption timer off, so that the local APIC's timer is the alarm. */
static void use_apic_alarm(void)
{
	vmcs_write(PIN_BASED_CONTROLS, vmcs_read(PIN_BASED_CONTROLS) &
		   ~(u64)PIN_BASED_activate_preemption_timer);
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
	EXPECT(watchdog_review());
}

static void expect_watchdog(bool by_preemption_timer)
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_loop, sizeof(guest_loop)))
		return;
	if (!by_preemption_timer)
		use_apic_alarm();
	vm_run(&vm);
	EXPECT(vm.exit.timed_out);
	EXPECT_EQUAL(vm_rip(), GUEST_CODE);
	vm_end(&vm);
}

TEST("events/preemption_timer_stops_an_endless_guest",
     "the VMX-preemption timer stops a guest that never exits", "VMX-Preemption Timer")
{
	if (capability_offered(CAPABILITY_preemption_timer))
		expect_watchdog(true);
	else
		skip("needs preemption_timer: %s is 0",
		     capability_row(CAPABILITY_preemption_timer)->source);
}

TEST("events/apic_timer_stops_an_endless_guest",
     "where there is no VMX-preemption timer, the local APIC's stops a guest that never exits",
     "External-Interrupt Exiting")
{
	expect_watchdog(false);
}

TEST("events/alarm_of_an_earlier_entry",
     "an alarm of the local APIC's timer that was due before the entry does not stop the guest",
     "External-Interrupt Exiting")
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	use_apic_alarm();
	if (pending_interrupt_make()) {
		vm_run(&vm);
		EXPECT_EQUAL(vm.exit.reason, EXIT_vmcall);
		EXPECT(!vm.exit.timed_out);
	}
	vm_end(&vm);
}
