/* exit_kinds.c -- kinds of VM exit, each caused by the first thing that a guest does */
#include "tests/suites/guest/exit_kinds.h"
#include "kernel/flags.h"
#include "kernel/interrupts.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/nmi.h"
#include "tests/suites/guest/pending_interrupt.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"

#define ABSENT  0x5000ul                        /* guest-physical; nothing unless mapped below */
#define FETCH   (ABSENT - GUEST_CODE)
#define GDT     0x2000ul
#define TSS     0x3000ul

#define VALID              BIT(31)              /* of interruption information */
#define VALID_VECTORING    (BIT(31) | BITS(11, 0))
#define EPTP_ACCESSED_DIRTY BIT(6)
#define DR7_GENERAL_DETECT BIT(13)
#define SINGLE_STEP        BIT(14)              /* of pending debug exceptions */
#define VTPR               0x80                 /* its offset in the virtual-APIC page */

/* Gives the guest a page of zeros, which is returned. */
static void *map_page(const struct vm *vm, u64 address, enum permission allowed)
{
	void *page = page_alloc();

	vm_map(vm, gpa(address), ept_leaf(hpa_of(page), allowed, WB));
	return page;
}

static bool secondary_set(u32 controls, const char *names)
{
	if (~control_limits(SECONDARY).may_be_one & controls) {
		skip("needs %s, which this processor does not offer", names);
		return false;
	}
	set_bits(SECONDARY_CONTROLS, controls);
	return true;
}

static bool prepare_nothing(__attribute__((unused)) struct vm *vm)
{
	return true;
}

/* Descriptors 1 and 2 are not read; 4 is that of an available 32-bit TSS. */
static bool prepare_task(struct vm *vm)
{
	u64 *gdt = map_page(vm, GDT, R);

	gdt[4] = 0x890000000067 | TSS << 16;
	map_page(vm, TSS, RW);
	vmcs_write(GUEST_GDTR_BASE, GDT);
	vmcs_write(GUEST_GDTR_LIMIT, PAGE_SIZE - 1);
	return true;
}

static bool prepare_noncanonical(struct vm *vm)
{
	vm->registers.rbx = BIT(63);
	return true;
}

static bool prepare_general_detect(__attribute__((unused)) struct vm *vm)
{
	clear_bits(PRIMARY_CONTROLS, PRIMARY_mov_dr_exiting);
	set_bits(ENTRY_CONTROLS, VM_ENTRY_load_debug_controls);
	set_bits(GUEST_DR7, DR7_GENERAL_DETECT);
	return true;
}

static bool prepare_single_step(__attribute__((unused)) struct vm *vm)
{
	set_bits(GUEST_RFLAGS, RFLAGS_TF);
	return true;
}

static bool prepare_pending_single_step(struct vm *vm)
{
	vmcs_write(GUEST_PENDING_DEBUG_EXCEPTIONS, SINGLE_STEP);
	return prepare_single_step(vm);
}

static bool prepare_no_exception_exits(__attribute__((unused)) struct vm *vm)
{
	vmcs_write(EXCEPTION_BITMAP, 0);
	return true;
}

static bool prepare_fetch(__attribute__((unused)) struct vm *vm)
{
	vmcs_write(GUEST_RIP, ABSENT);
	return true;
}

static bool prepare_misconfiguration(struct vm *vm)
{
	map_page(vm, ABSENT, W);
	return true;
}

static bool prepare_full_log(struct vm *vm)
{
	map_page(vm, ABSENT, RW);
	guest_paging_copy(MODE_long64, &vm->ept, RW);
	set_bits(EPT_POINTER, EPTP_ACCESSED_DIRTY);
	set_bits(SECONDARY_CONTROLS, SECONDARY_enable_pml);
	vmcs_write(PML_ADDRESS, (u64)page_alloc());
	vmcs_write(PML_INDEX, 0xffff);
	return true;
}

static bool prepare_absent_idt(struct vm *vm)
{
	vmcs_write(GUEST_IDTR_BASE, ABSENT);
	vmcs_write(GUEST_IDTR_LIMIT, PAGE_SIZE - 1);
	return prepare_no_exception_exits(vm);
}

static bool prepare_injected_interrupt(struct vm *vm)
{
	vmcs_write(ENTRY_INTERRUPTION_INFORMATION, 0x80000030);
	set_bits(GUEST_RFLAGS, RFLAGS_IF);
	return prepare_absent_idt(vm);
}

#define PREPARE_INJECTED(event, information)                                                       \
	static bool prepare_injected_##event(struct vm *vm)                                        \
	{                                                                                          \
		vmcs_write(ENTRY_INTERRUPTION_INFORMATION, information);                           \
		return prepare_absent_idt(vm);                                                     \
	}
PREPARE_INJECTED(fault, 0x80000306)
PREPARE_INJECTED(nmi, 0x80000202)
PREPARE_INJECTED(debug_exception, 0x80000301)
PREPARE_INJECTED(machine_check, 0x80000312)
PREPARE_INJECTED(trap_flag, 0x80000700)

static bool prepare_external_interrupt(__attribute__((unused)) struct vm *vm)
{
	set_bits(GUEST_RFLAGS, RFLAGS_IF);
	return pending_interrupt_make();
}

static bool prepare_nmi(struct vm *vm)
{
	guest_paging_copy(MODE_long64, &vm->ept, RW);   /* see tests/suites/guest/emulated.c */
	vm->registers.rax = NMI_COMMAND;
	return nmi_prepare(vm, gpa(ABSENT));
}

static bool prepare_interrupt_window(__attribute__((unused)) struct vm *vm)
{
	set_bits(PRIMARY_CONTROLS, PRIMARY_interrupt_window_exiting);
	set_bits(GUEST_RFLAGS, RFLAGS_IF);
	return true;
}

static bool prepare_nmi_window(__attribute__((unused)) struct vm *vm)
{
	set_bits(PIN_BASED_CONTROLS, PIN_BASED_virtual_nmis);
	set_bits(PRIMARY_CONTROLS, PRIMARY_nmi_window_exiting);
	return true;
}

/* The usual controls leave the timer off where it does not count as it should.  A timer that is 0
 * need not count. */
static bool prepare_timer_of_0(__attribute__((unused)) struct vm *vm)
{
	watchdog_leave_timer();
	set_bits(PIN_BASED_CONTROLS, PIN_BASED_activate_preemption_timer);
	if (watchdog_review())
		return true;
	skip("%s", NO_LOCAL_APIC);
	return false;
}

static bool prepare_monitor_trap_flag(__attribute__((unused)) struct vm *vm)
{
	set_bits(PRIMARY_CONTROLS, PRIMARY_monitor_trap_flag);
	return true;
}

/* The virtual TPR, priority class 5, is at the threshold until the guest writes 0. */
static bool prepare_tpr_threshold(__attribute__((unused)) struct vm *vm)
{
	u8 *virtual_apic = page_alloc();

	virtual_apic[VTPR] = 0x50;
	vmcs_write(VIRTUAL_APIC_ADDRESS, (u64)virtual_apic);
	vmcs_write(TPR_THRESHOLD, 5);
	clear_bits(PRIMARY_CONTROLS, PRIMARY_cr8_load_exiting);
	set_bits(PRIMARY_CONTROLS, PRIMARY_use_tpr_shadow);
	return true;
}

static bool prepare_apic_access(struct vm *vm)
{
	vmcs_write(APIC_ACCESS_ADDRESS, (u64)map_page(vm, ABSENT, RW));
	return secondary_set(SECONDARY_virtualize_apic_accesses, "virtualize APIC accesses");
}

static bool prepare_apic_write(struct vm *vm)
{
	vmcs_write(VIRTUAL_APIC_ADDRESS, (u64)page_alloc());
	vmcs_write(TPR_THRESHOLD, 0);
	set_bits(PRIMARY_CONTROLS, PRIMARY_use_tpr_shadow);
	return prepare_apic_access(vm) && secondary_set(SECONDARY_apic_register_virtualization,
							"APIC-register virtualization");
}

static bool prepare_bad_link_pointer(__attribute__((unused)) struct vm *vm)
{
	vmcs_write(VMCS_LINK_POINTER, 1);
	return true;
}

#define EXIT_KIND(name, mode, code, needs, prepare, reason, moved, vectoring, rf, blocking, step,  \
		  activity, text)                                                                  \
	[KIND_##name] = { __FILE__, code, sizeof(code) - 1, prepare_##prepare, moved, MODE_##mode, \
			  __LINE__, CAPABILITY_##needs, EXIT_##reason, vectoring },
const struct exit_kind exit_kinds[EXIT_KINDS] = {
#include "tests/suites/guest/exit_kinds.def"
};
#undef EXIT_KIND

static bool start(const struct exit_kind *kind, const struct entry_state *state, struct vm *vm)
{
	const struct capability_row *row = capability_row(kind->needs);

	if (!capability_offered(kind->needs)) {
		skip("%s (%s) is 0; try %s", row->source, row->text, row->remedy);
		return false;
	}
	if (!guest_code_start_in(kind->mode, vm, (const u8 *)kind->code, kind->size))
		return false;
	vm->registers.rbx = ABSENT;
	set_bits(GUEST_RFLAGS, state->rflags);
	vmcs_write(GUEST_INTERRUPTIBILITY_STATE, state->blocking);
	vmcs_write(GUEST_ACTIVITY_STATE, state->activity);
	if (kind->prepare(vm))
		return true;
	vm_end(vm);
	return false;
}

static void expect_exit(const struct exit_kind *kind, const struct vm *vm)
{
	u64 vectoring = vmcs_read(IDT_VECTORING_INFORMATION) & VALID_VECTORING;
	u64 moved = vm_rip() - GUEST_CODE;

	if (vm->exit.timed_out)
		fail_at(kind->file, kind->line, "the guest ran for %u ms without an exit",
			watchdog_milliseconds());
	if (vm->exit.reason != kind->reason)
		fail_at(kind->file, kind->line, "exit reason is %u, expected %u", vm->exit.reason,
			kind->reason);
	if (moved != kind->moved)
		fail_at(kind->file, kind->line, "RIP has moved by %#lx, expected %#lx", moved,
			kind->moved);
	if (!exit_of_failed_entry(&vm->exit) &&
	    (vectoring & VALID ? vectoring : 0) != kind->vectoring)
		fail_at(kind->file, kind->line, "IDT-vectoring information is %#lx, expected %#x",
			vectoring, kind->vectoring);
}

bool exit_kind_run(const struct exit_kind *kind, const struct entry_state *state, struct vm *vm)
{
	if (!start(kind, state, vm))
		return false;
	vm_run(vm);
	expect_exit(kind, vm);
	return true;
}

void exit_kind_end(const struct exit_kind *kind, struct vm *vm)
{
	if (kind == &exit_kinds[KIND_external_interrupt])
		pending_interrupt_take(vm);
	if (kind == &exit_kinds[KIND_nmi])
		interrupts_unblock_nmi();
	vm_end(vm);
}
