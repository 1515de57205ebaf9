/* timer.c -- the VMX-preemption timer of a test's own: its rate, and what is saved of it
 *
 * An L0 may be late, so that no test demands that the timer expires before a certain time; the
 * watchdog does so after a second.
 */
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/offered_controls.h"
#include "tests/suites/guest/pending_interrupt.h"
#include "vmx/capabilities.h"

#define HLT_STATE   1
#define SINGLE_STEP BIT(14)                     /* of pending debug exceptions */
#define FAR         (~0u)                       /* counts that no test lives to see */

static const u8 vmcall_code[] = { 0x0f, 0x01, 0xc1 };
static const u8 loop_code[] = { 0xeb, 0xfe };
static const u8 hlt_code[] = { 0xf4, 0x0f, 0x01, 0xc1 };

/* Until R8 ticks are over: RDTSC; SHL RDX, 32; OR RAX, RDX; SUB RAX, R9; CMP RAX, R8; JB; VMCALL.
 * R9 is the counter before the VM entry, so that a part of the time is spent outside. */
static const u8 wait_code[] = {
	0x0f, 0x31, 0x48, 0xc1, 0xe2, 0x20, 0x48, 0x09, 0xd0, 0x4c, 0x29, 0xc8, 0x4c, 0x39, 0xc0,
	0x72, 0xef, 0x0f, 0x01, 0xc1,
};

/* TSC ticks of a count, as a power of two (SDM vol. 3, "Miscellaneous Data"). */
static unsigned rate(void)
{
	return vmx_capabilities.misc & 31;
}

static u32 counts_in(u32 milliseconds)
{
	return (u32)(clock_ticks_per_millisecond() * milliseconds >> rate()) + 1;
}

static bool timer_is_usable(void)
{
	if (vmx_capabilities.timer_erratum)
		skip("this processor's VMX-preemption timer has an erratum (%s)",
		     vmx_capabilities.timer_erratum);
	return !vmx_capabilities.timer_erratum;
}

/* Interrupts are on, so that the watchdog ends a guest that the timer does not. */
static bool start(struct vm *vm, const u8 *code, size_t size, u32 exit_controls)
{
	if (!timer_is_usable() || !guest_code_start(vm, code, size))
		return false;
	watchdog_leave_timer();
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
	if (controls_set(PIN_BASED, PIN_BASED_activate_preemption_timer) &&
	    controls_set(VM_EXIT, exit_controls)) {
		if (watchdog_review())
			return true;
		skip("%s", NO_LOCAL_APIC);
	}
	vm_end(vm);
	return false;
}

/* Runs the guest until the timer has counted so far, and says how long that took at least. */
static void expect_expiry(struct vm *vm, u32 counts)
{
	u64 before, ticks;

	vmcs_write(VMX_PREEMPTION_TIMER_VALUE, counts);
	before = tsc_read();
	vm_run(vm);
	ticks = tsc_read() - before;
	EXPECT_EXIT(vm, EXIT_preemption_timer);
	EXPECT(!vm->exit.timed_out);
	if (ticks <= (u64)(counts - 1) << rate())
		FAIL("%u counts took %lu ticks, expected more than %lu", counts, ticks,
		     (u64)(counts - 1) << rate());
}

TEST("preemption_timer/rate",
     "the VMX-preemption timer counts down once in 2^IA32_VMX_MISC[4:0] ticks of the time-stamp "
     "counter, and not faster", "VMX-Preemption Timer")
{
	static const u8 milliseconds[] = { 1, 4, 16 };
	struct vm vm;

	if (!start(&vm, loop_code, sizeof(loop_code), 0))
		return;
	for (size_t i = 0; i < COUNT(milliseconds); i++)
		expect_expiry(&vm, counts_in(milliseconds[i]));
	EXPECT_EQUAL(vm_rip(), GUEST_CODE);
	vm_end(&vm);
}

TEST("preemption_timer/ends_hlt",
     "the VMX-preemption timer counts while a guest is halted, and the exit saves the state HLT",
     "VMX-Preemption Timer")
{
	struct vm vm;

	if (!start(&vm, hlt_code, sizeof(hlt_code), 0))
		return;
	clear_bits(PRIMARY_CONTROLS, PRIMARY_hlt_exiting);
	expect_expiry(&vm, counts_in(4));
	EXPECT_EQUAL(vm_rip(), GUEST_CODE + 1);
	EXPECT_EQUAL(vmcs_read(GUEST_ACTIVITY_STATE), HLT_STATE);
	expect_expiry(&vm, counts_in(4));
	EXPECT_EQUAL(vm_rip(), GUEST_CODE + 1);
	EXPECT_EQUAL(vmcs_read(GUEST_ACTIVITY_STATE), HLT_STATE);
	vm_end(&vm);
}

TEST("preemption_timer/saved_when_it_expires",
     "with \"save VMX-preemption timer value\" an exit by the timer saves 0",
     "Saving Non-Register State")
{
	struct vm vm;

	if (!start(&vm, loop_code, sizeof(loop_code), VM_EXIT_save_preemption_timer))
		return;
	expect_expiry(&vm, counts_in(1));
	EXPECT_EQUAL(vmcs_read(VMX_PREEMPTION_TIMER_VALUE), 0);
	vm_end(&vm);
}

/* An eighth is left for an L0 whose timer is driven by another clock. */
TEST("preemption_timer/saved_with_its_control",
     "with \"save VMX-preemption timer value\" a VM exit saves how far the timer is from 0",
     "Saving Non-Register State")
{
	const u32 counts = FAR, waited = counts_in(8);
	u64 before, outside, saved, passed;
	struct vm vm;

	if (!start(&vm, wait_code, sizeof(wait_code), VM_EXIT_save_preemption_timer))
		return;
	vmcs_write(VMX_PREEMPTION_TIMER_VALUE, counts);
	vm.registers.r8 = (u64)waited << rate();
	vm.registers.r9 = before = tsc_read();
	vm_run(&vm);
	outside = (tsc_read() - before) >> rate();
	EXPECT_EXIT(&vm, EXIT_vmcall);
	saved = vmcs_read(VMX_PREEMPTION_TIMER_VALUE);
	passed = counts - saved;
	if (passed < waited / 2 || passed > outside + outside / 8 + 1)
		FAIL("%lu counts have passed of %u, expected %u to %lu", passed, counts, waited / 2,
		     outside + 1);
	vm_end(&vm);
}

TEST("preemption_timer/kept_without_its_control",
     "without \"save VMX-preemption timer value\" a VM exit leaves the field alone",
     "Saving Non-Register State")
{
	struct vm vm;

	if (!start(&vm, vmcall_code, sizeof(vmcall_code), 0))
		return;
	vmcs_write(VMX_PREEMPTION_TIMER_VALUE, FAR);
	vm_run(&vm);
	EXPECT_EXIT(&vm, EXIT_vmcall);
	EXPECT_EQUAL(vmcs_read(VMX_PREEMPTION_TIMER_VALUE), FAR);
	vm_end(&vm);
}

TEST("preemption_timer/kept_while_not_activated",
     "a VMX-preemption timer that is not activated neither counts nor exits, not even at 0",
     "VMX-Preemption Timer")
{
	struct vm vm;

	if (!start(&vm, vmcall_code, sizeof(vmcall_code), 0))
		return;
	clear_bits(PIN_BASED_CONTROLS, PIN_BASED_activate_preemption_timer);
	for (u32 counts = 0; counts < 2; counts++) {
		vmcs_write(VMX_PREEMPTION_TIMER_VALUE, counts);
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		EXPECT_EQUAL(vmcs_read(VMX_PREEMPTION_TIMER_VALUE), counts);
	}
	vm_end(&vm);
}

/* A guest of NOPs that steps; the timer ends many of its entries. */
static void step(struct vm *vm, u32 counts)
{
	u64 before = vm_rip();
	bool moved, by_timer;

	vmcs_write(VMX_PREEMPTION_TIMER_VALUE, counts);
	vm_run(vm);
	moved = vm_rip() != before;
	by_timer = vm->exit.reason == EXIT_preemption_timer;
	if (!by_timer)
		EXPECT_EXIT(vm, EXIT_exception_or_nmi);
	if (by_timer && (moved || vmcs_read(GUEST_PENDING_DEBUG_EXCEPTIONS) & SINGLE_STEP))
		FAIL("the timer of %u exits with a single step pending", counts);
	if (!by_timer && (!moved || vm->exit.qualification != SINGLE_STEP))
		FAIL("the step of timer %u has the qualification %#lx, RIP %#lx", counts,
		     vm->exit.qualification, vm_rip());
}

TEST("preemption_timer/single_step_goes_first",
     "a guest that steps exits by the single step behind an instruction, whenever the "
     "VMX-preemption timer expires", "VMX-Preemption Timer")
{
	static const u8 code[] = { [0 ... 255] = 0x90 };
	struct vm vm;

	if (!start(&vm, code, sizeof(code), 0))
		return;
	set_bits(GUEST_RFLAGS, RFLAGS_TF);
	for (u32 counts = 0; counts < 128; counts++)
		step(&vm, counts);
	EXPECT(vm_rip() > GUEST_CODE);
	vm_end(&vm);
}
