/* events.c -- interrupts that are pending when a guest is entered, and guests that never exit */
#include "kernel/apic_timer.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/nmi.h"
#include "tests/suites/guest/pending_interrupt.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"
#include "vmx/pending_init.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

/* Of interrupts that nobody asked for. */
enum {
	FOREIGN_VECTOR = 0xf3,
	LOW_VECTOR     = 0x41,                  /* below APIC_FIRST_VECTOR */
};

/* Values of the local APIC's registers. */
enum {
	DIVIDE_BY_1    = 11,
	TIMER_PERIODIC = 1 << 17,
	LVT_MASKED     = 1 << 16,
};

static const u8 guest_vmcall[] = { 0x0f, 0x01, 0xc1 };
static const u8 guest_loop[] = { 0xeb, 0xfe };
static const u8 guest_command[] = {             /* MOV [RBX + NMI_REGISTER], EAX; VMCALL */
	0x89, 0x83, 0x00, 0x03, 0x00, 0x00, 0x0f, 0x01, 0xc1,
};
#define LENGTH_OF_COMMAND 6
#define REGISTERS_OF_APIC 0x5000                /* guest-physical */

static void expect_interrupt_exit(u64 rflags)
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	if (pending_interrupt_make()) {
		vmcs_write(GUEST_RFLAGS, rflags);
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_external_interrupt);
		EXPECT(!vm.exit.timed_out);
		EXPECT_EQUAL(vm_rip(), GUEST_CODE);
		pending_interrupt_take(&vm);
	}
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

/* Turns the VMX-preemption timer off, so that the local APIC's timer is the alarm; false after
 * skip() if there is none. */
static bool use_apic_alarm(void)
{
	vmcs_write(PIN_BASED_CONTROLS, vmcs_read(PIN_BASED_CONTROLS) &
		   ~(u64)PIN_BASED_activate_preemption_timer);
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
	if (watchdog_review())
		return true;
	skip("%s", NO_LOCAL_APIC);
	return false;
}

static void expect_watchdog(bool by_preemption_timer)
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_loop, sizeof(guest_loop)))
		return;
	if (by_preemption_timer || use_apic_alarm()) {
		vm_run(&vm);
		EXPECT(vm.exit.timed_out);
		EXPECT_EQUAL(vm_rip(), GUEST_CODE);
	}
	vm_end(&vm);
}

TEST("events/preemption_timer_stops_an_endless_guest",
     "the VMX-preemption timer stops a guest that never exits", "VMX-Preemption Timer")
{
	if (vmx_capabilities.timer_erratum)
		skip("this processor's VMX-preemption timer has an erratum (%s)",
		     vmx_capabilities.timer_erratum);
	else if (capability_offered(CAPABILITY_preemption_timer))
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
	if (use_apic_alarm() && pending_interrupt_leave(APIC_TIMER_VECTOR)) {
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		EXPECT(!vm.exit.timed_out);
	}
	vm_end(&vm);
}

/* A divisor that was not the measured one lets the alarm ring sixteen times too early. */
TEST("events/second_early_alarm_is_real",
     "an alarm that rings too early is taken for one of an earlier entry only once",
     "APIC Timer")
{
	const u64 limit = WATCHDOG_MILLISECONDS * clock_ticks_per_millisecond();
	struct vm vm;

	if (!guest_code_start(&vm, guest_loop, sizeof(guest_loop)))
		return;
	if (use_apic_alarm()) {
		u32 divisor = apic_read(APIC_DIVIDE);
		u64 start = tsc_read();

		apic_write(APIC_DIVIDE, DIVIDE_BY_1);
		vm_run(&vm);
		apic_write(APIC_DIVIDE, divisor);
		EXPECT(vm.exit.timed_out);
		EXPECT(tsc_read() - start < limit / 2);
	}
	vm_end(&vm);
}

/* Interrupts that come faster than the guest gets on.  Each entry gives it a new time limit. */
static void run_in_a_storm(struct vm *vm)
{
	u64 before = foreign_interrupts.count;

	apic_write(APIC_LVT_TIMER, TIMER_PERIODIC | FOREIGN_VECTOR);
	apic_write(APIC_INITIAL_COUNT, 1000);
	vm_run(vm);
	apic_write(APIC_LVT_TIMER, LVT_MASKED | FOREIGN_VECTOR);
	apic_write(APIC_INITIAL_COUNT, 0);
	EXPECT(vm->exit.timed_out);
	EXPECT(foreign_interrupts.count - before > 1);
}

TEST("events/storm_of_foreign_interrupts",
     "a guest that is interrupted for ever ends when its time is over", "VMX-Preemption Timer")
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_loop, sizeof(guest_loop)))
		return;
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
	if (watchdog_by_apic)
		skip("needs a VMX-preemption timer: the local APIC's timer makes the storm");
	else if (!interrupts_start())
		skip("%s", NO_LOCAL_APIC);
	else
		run_in_a_storm(&vm);
	vm_end(&vm);
}

/* The exit by a foreign interrupt is not the guest's: it goes on to its VMCALL, and the interrupt
 * is acknowledged and counted. */
static void run_with_foreign_interrupt(struct vm *vm, u32 exit_controls_cleared)
{
	u64 before = foreign_interrupts.count;

	vmcs_write(EXIT_CONTROLS, vmcs_read(EXIT_CONTROLS) & ~(u64)exit_controls_cleared);
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
	vm_run(vm);
	EXPECT_EXIT(vm, EXIT_vmcall);
	EXPECT_EQUAL(foreign_interrupts.count - before, 1);
	EXPECT_EQUAL(foreign_interrupts.vector, FOREIGN_VECTOR);
	EXPECT_EQUAL(apic_highest(APIC_IN_SERVICE), 0);
	EXPECT(apic_highest(APIC_REQUESTED) < APIC_FIRST_VECTOR);
}

static void expect_foreign_interrupt(u32 exit_controls_cleared)
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	if (pending_interrupt_leave(FOREIGN_VECTOR))
		run_with_foreign_interrupt(&vm, exit_controls_cleared);
	vm_end(&vm);
}

TEST("events/foreign_interrupt",
     "an interrupt that nobody asked for is acknowledged, and the guest goes on",
     "External-Interrupt Exiting")
{
	expect_foreign_interrupt(0);
}

TEST("events/foreign_interrupt_that_the_exit_does_not_acknowledge",
     "without \"acknowledge interrupt on exit\" an interrupt that nobody asked for does not stay",
     "External-Interrupt Exiting")
{
	expect_foreign_interrupt(VM_EXIT_acknowledge_interrupt);
}

/* The exit takes the signal: the guest goes on to its VMCALL. */
TEST("events/init_that_the_guest_sends",
     "an INIT signal that comes while the guest runs exits behind the instruction, and once",
     "Other Causes of VM Exits")
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_command, sizeof(guest_command)))
		return;
	guest_paging_copy(MODE_long64, &vm.ept, RW);    /* see tests/suites/guest/emulated.c */
	vm.registers.rax = INIT_COMMAND;
	vm.registers.rbx = REGISTERS_OF_APIC;
	if (nmi_prepare(&vm, gpa(REGISTERS_OF_APIC))) {
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_init);
		EXPECT_EQUAL(vm_rip(), GUEST_CODE + LENGTH_OF_COMMAND);
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
	}
	vm_end(&vm);
	pending_init_take();
}

TEST("events/interrupt_of_low_vector_is_kept_back",
     "an interrupt whose priority is not above the task priority stays in the local APIC",
     "Task and Processor Priorities")
{
	u64 before = foreign_interrupts.count;
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	if (pending_interrupt_leave(LOW_VECTOR)) {
		vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		EXPECT_EQUAL(foreign_interrupts.count, before);
		EXPECT(apic_highest(APIC_REQUESTED) >= LOW_VECTOR);
	}
	vm_end(&vm);
}
