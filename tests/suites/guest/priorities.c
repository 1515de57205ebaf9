/* priorities.c -- of two events that are pending at VM entry, which one comes first
 *
 * SDM vol. 3, "Delivery of Pending Debug Exceptions after VM Entry", "VMX-Preemption Timer",
 * "Interrupt-Window Exiting and Virtual-Interrupt Delivery", "NMI-Window Exiting" and "Pending MTF
 * VM Exits" each say between which events one stands.  A test has two of them pending, looks at the
 * exit, takes its event away, and looks whether the other one comes then.
 */
#include "kernel/flags.h"
#include "kernel/interrupts.h"
#include "kernel/signals.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/pending_interrupt.h"
#include "vmx/capabilities.h"
#include "vmx/pending_init.h"

#define VECTOR       0xf8
#define SINGLE_STEP  BIT(14)                    /* of pending debug exceptions */
#define MTF_INJECTED 0x80000700u                /* interruption information: type 7, vector 0 */

static const u8 guest_vmcall[] = { 0x0f, 0x01, 0xc1 };

struct event {
	const char *text;
	u32 needs, reason;
	bool (*make)(void);                     /* false: there is no local APIC to make it */
	void (*end)(void);                      /* what the exit has left of it */
};

static void nothing_is_left(void)
{
}

static bool make_trap_flag(void)
{
	vmcs_write(ENTRY_INTERRUPTION_INFORMATION, MTF_INJECTED);
	return true;
}

static bool make_debug_trap(void)
{
	vmcs_write(GUEST_PENDING_DEBUG_EXCEPTIONS, SINGLE_STEP);
	return true;
}

static bool make_timer(void)
{
	watchdog_leave_timer();
	set_bits(PIN_BASED_CONTROLS, PIN_BASED_activate_preemption_timer);
	return watchdog_review();
}

static void end_timer(void)
{
	clear_bits(PIN_BASED_CONTROLS, PIN_BASED_activate_preemption_timer);
	watchdog_review();
}

static bool make_nmi_window(void)
{
	set_bits(PIN_BASED_CONTROLS, PIN_BASED_virtual_nmis);
	set_bits(PRIMARY_CONTROLS, PRIMARY_nmi_window_exiting);
	return true;
}

static void end_nmi_window(void)
{
	clear_bits(PRIMARY_CONTROLS, PRIMARY_nmi_window_exiting);
}

static bool make_interrupt_window(void)
{
	set_bits(PRIMARY_CONTROLS, PRIMARY_interrupt_window_exiting);
	return true;
}

static void end_interrupt_window(void)
{
	clear_bits(PRIMARY_CONTROLS, PRIMARY_interrupt_window_exiting);
}

static bool make_interrupt(void)
{
	watchdog_leave_vector(VECTOR);
	return signal_interrupt(VECTOR);
}

#define make_init      signal_init
#define make_nmi       signal_nmi
#define end_init       nothing_is_left
#define end_trap_flag  nothing_is_left
#define end_debug_trap nothing_is_left
#define end_nmi        nothing_is_left
#define end_interrupt  nothing_is_left

enum event_number {
#define EVENT(name, needs, reason, text) EVENT_NUMBER_##name,
#include "tests/suites/guest/priorities.def"
#undef EVENT
};

static const struct event events[] = {
#define EVENT(name, needs, reason, text)                                                           \
	[EVENT_NUMBER_##name] = { text, CAPABILITY_##needs, EXIT_##reason, make_##name,            \
				  end_##name },
#include "tests/suites/guest/priorities.def"
#undef EVENT
};

struct pair {
	enum event_number first, second;
};

static bool is_offered(const struct event *event)
{
	const struct capability_row *row = capability_row(event->needs);

	if (capability_offered(event->needs))
		return true;
	skip("%s (%s) is 0; try %s", row->source, row->text, row->remedy);
	return false;
}

static bool is_made(const struct event *event)
{
	if (event->make())
		return true;
	skip("%s", NO_LOCAL_APIC);
	return false;
}

static void expect_event(struct vm *vm, const struct event *event, const char *what)
{
	vm_run(vm);
	if (vm->exit.reason != event->reason || vm->exit.timed_out)
		FAIL("%s comes %s: exit reason is %u, expected %u", event->text, what,
		     vm->exit.reason, event->reason);
	if (vm_rip() != GUEST_CODE)
		FAIL("%s comes %s: RIP is %#lx, expected %#x", event->text, what, vm_rip(),
		     GUEST_CODE);
	event->end();
}

/* A VM entry that lets NMIs in lets them in for the host as well, so that one that was not the
 * guest's first event comes there, behind the exit.  A pending MTF VM exit is not kept by one. */
static bool comes_to_guest(enum event_number second, u32 nmis_before)
{
	return second != EVENT_NUMBER_trap_flag &&
	       !(second == EVENT_NUMBER_nmi && interrupts_nmis_taken() != nmis_before);
}

static void run_pair(const struct test *test)
{
	const struct pair *pair = test->row;
	const struct event *first = &events[pair->first], *second = &events[pair->second];
	u32 nmis;
	struct vm vm;

	if (!is_offered(first) || !is_offered(second) ||
	    !guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
	if (is_made(second) && is_made(first)) {
		nmis = interrupts_nmis_taken();
		expect_event(&vm, first, "first");
		if (comes_to_guest(pair->second, nmis))
			expect_event(&vm, second, "behind it");
	}
	vm_end(&vm);
	if (pair->first == EVENT_NUMBER_init)
		pending_init_take();
}

#define PAIR(before, behind, claim)                                                                \
	static const struct pair before##_##behind##_pair = {                                      \
		EVENT_NUMBER_##before, EVENT_NUMBER_##behind                                       \
	};                                                                                         \
	TEST_ROW(before##_##behind, run_pair, &before##_##behind##_pair,                           \
		 "priority/" #before "_before_" #behind, claim, "VM Entries");

#define BEHIND_INTERRUPT_WINDOW(name, text)                                                        \
	PAIR(name, interrupt, text " goes before an external interrupt")
#define BEHIND_NMI(name, text)                                                                     \
	PAIR(name, interrupt_window, text " goes before the interrupt window")                     \
	BEHIND_INTERRUPT_WINDOW(name, text)
#define BEHIND_NMI_WINDOW(name, text)                                                              \
	PAIR(name, nmi, text " goes before an NMI")                                                \
	BEHIND_NMI(name, text)
#define BEHIND_TIMER(name, text)                                                                   \
	PAIR(name, nmi_window, text " goes before the NMI window")                                 \
	BEHIND_NMI_WINDOW(name, text)
#define BEHIND_DEBUG_TRAP(name, text)                                                              \
	PAIR(name, timer, text " goes before a preemption timer that is 0")                        \
	BEHIND_TIMER(name, text)
#define BEHIND_TRAP_FLAG(name, text)                                                               \
	PAIR(name, debug_trap, text " goes before a debug trap")                                   \
	BEHIND_DEBUG_TRAP(name, text)

PAIR(init, trap_flag, "an INIT signal goes before a pending MTF VM exit")
BEHIND_TRAP_FLAG(init, "an INIT signal")
BEHIND_TRAP_FLAG(trap_flag, "a pending MTF VM exit")
BEHIND_DEBUG_TRAP(debug_trap, "a debug trap")
BEHIND_TIMER(timer, "a preemption timer that is 0")
BEHIND_NMI_WINDOW(nmi_window, "the NMI window")
BEHIND_NMI(nmi, "an NMI")
BEHIND_INTERRUPT_WINDOW(interrupt_window, "the interrupt window")
