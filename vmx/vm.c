/* vm.c -- one virtual machine: made, run, ended */
#include "vmx/vm.h"
#include "ept/eptp.h"
#include "kernel/exceptions.h"
#include "kernel/flags.h"
#include "kernel/paging.h"
#include "kernel/panic.h"
#include "vmx/capabilities.h"
#include "vmx/exit_decode.h"
#include "vmx/guest_paging.h"
#include "vmx/guest_state.h"
#include "vmx/start_vmcs.h"
#include "vmx/vm_controls.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

/* Where every VM exit goes on (vm.asm). */
extern const u8 vm_exit[];

/* vm_enter() jumps to these after an exit, and after an entry that was refused. */
void vm_exited(struct vm *vm);
void vm_refused(struct vm *vm, u64 rflags);

void vm_end(struct vm *vm)
{
	if (vm->vmcs.raw)
		vmcs_end(vm->vmcs);
	vm->vmcs = hpa(0);
}

/* Null, or the name of what this processor lacks for a VM of this mode. */
static const char *choose(struct vmcs_start *start, const struct ept *ept)
{
	const char *refused;

	start->controls = vm_controls_of(start->mode, &refused);
	if (refused)
		return refused;
	if (!guest_state_is_offered(start->mode))
		return "a bit of CR4 that the mode's paging needs";
	if (!eptp_choose(vmx_capabilities.ept_vpid, ept, false, &start->eptp))
		return "a four-level EPT of type WB or UC";
	return NULL;
}

const char *vm_start(struct vm *vm, enum guest_mode mode, u64 entry)
{
	struct vmcs_start start = { .vm = vm, .mode = mode, .exit = vm_exit, .entry = entry };
	const char *refused;

	*vm = (struct vm){ .ept = ept_new(EPT_PML4) };
	refused = choose(&start, &vm->ept);
	if (refused)
		return refused;
	vm->vmcs = vmcs_start(&start);
	vm_invept();
	if (!watchdog_start()) {
		vm_end(vm);
		return "a timer that stops an endless guest";
	}
	if (mode_has_paging(mode))
		guest_paging_map(mode, &vm->ept);
	return NULL;
}

/* A machine check is no event of the guest's: with bit 18 of the exception bitmap it exits wherever
 * it occurs (SDM vol. 3, "Handling of Machine-Check Exceptions"). */
static __attribute__((cold, noinline)) bool is_machine_check(const struct exit *exit)
{
	struct interruption event;

	if (exit->reason != EXIT_exception_or_nmi)
		return exit->reason == EXIT_machine_check_entry;
	event = interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION));
	return event.vector == VECTOR_MC && event.type == EVENT_hardware_exception;
}

/* Enters the guest again as long as what ended it was nothing that it should see.  Each of these
 * entries ends here, too, where there is nothing left to do: the loop of the first one judges. */
static __attribute__((noinline)) void watchdog_look(struct vm *vm)
{
	static bool judging;

	if (is_machine_check(&vm->exit))
		panic("a machine check interrupted the guest");
	watchdog_disarm();
	if (judging)
		return;
	judging = true;
	watchdog_judge_first();
	while (watchdog_goes_on(&vm->exit))
		vm_run(vm);
	judging = false;
}

/* A bit for each reason, but an EPT violation, that takes more than a look at reason and
 * qualification. */
#define TAKES_A_CLOSER_LOOK                                                                        \
	(BIT(EXIT_ept_misconfig) | BIT(EXIT_preemption_timer) | BIT(EXIT_external_interrupt) |     \
	 BIT(EXIT_exception_or_nmi) | BIT(EXIT_invalid_guest_state) | BIT(EXIT_msr_loading) |      \
	 BIT(EXIT_machine_check_entry))

/* A VM entry that fails does not launch the VMCS; what has been launched stays so (SDM vol. 3,
 * "VM-Entry Failures During or After Loading Guest State").  vm_enter() has counted the entry. */
static void take_back_launch(struct vm *vm)
{
	if (vm->entries == 1)
		vm->entries = 0;
}

static __attribute__((noinline)) void look_closer(struct vm *vm)
{
	if (exit_of_failed_entry(&vm->exit))
		take_back_launch(vm);
	if (vm->exit.reason == EXIT_ept_misconfig)
		vm->exit.gpa = gpa(vmcs_read(GUEST_PHYSICAL_ADDRESS));
	if (watchdog_by_apic || vm->exit.reason != EXIT_ept_misconfig)
		watchdog_look(vm);
}

void vm_exited(struct vm *vm)
{
	exit_decode(&vm->exit);
	if (vm->exit.reason == EXIT_ept_violation)
		exit_decode_ept_violation(&vm->exit);
	if (TAKES_A_CLOSER_LOOK >> vm->exit.reason % 64 & 1 || watchdog_by_apic)
		look_closer(vm);
}

static outcome_t outcome_of(u64 rflags)
{
	if (rflags & RFLAGS_ZF)
		return FAIL_VALID((outcome_t)vmcs_read(VM_INSTRUCTION_ERROR));
	return rflags & RFLAGS_CF ? FAIL_INVALID : SUCCEEDED;
}

void vm_refused(struct vm *vm, u64 rflags)
{
	vm->refused_rflags = rflags;
	take_back_launch(vm);
	watchdog_disarm();
	exit_refuse(&vm->exit, outcome_of(rflags));
}

void vm_map(const struct vm *vm, gpa_t page, u64 leaf)
{
	*ept_make(&vm->ept, page, EPT_PT) = leaf;
}

void vm_use_eptp(u64 eptp)
{
	vmcs_write(EPT_POINTER, eptp);
	vm_invept();
}

bool vm_use_5_levels(struct vm *vm)
{
	struct ept higher = ept_with_level_5(&vm->ept);
	u64 eptp;

	if (!eptp_choose(vmx_capabilities.ept_vpid, &higher, false, &eptp))
		return false;
	vm->ept = higher;
	vm_use_eptp(eptp);
	return true;
}

__attribute__((noinline)) bool vm_invept(void)
{
	static const struct invept_descriptor everything;
	u64 offered = vmx_capabilities.ept_vpid;

	if (offered & EPT_CAP_INVEPT_ALL)
		return invept(INVEPT_ALL_CONTEXT, &everything) == SUCCEEDED;
	if (offered & EPT_CAP_INVEPT_SINGLE) {
		struct invept_descriptor one = { .eptp = vmcs_read(EPT_POINTER) };

		return invept(INVEPT_SINGLE_CONTEXT, &one) == SUCCEEDED;
	}
	return false;
}

struct ept_rules vm_ept_rules(void)
{
	return (struct ept_rules){
		.physical_width = vmx_capabilities.physical_width,
		.execute_only = vmx_capabilities.ept_vpid & EPT_CAP_EXECUTE_ONLY,
		.pages_2m = vmx_capabilities.ept_vpid & EPT_CAP_2M,
		.pages_1g = vmx_capabilities.ept_vpid & EPT_CAP_1G,
	};
}

struct guest_paging vm_guest_paging(void)
{
	return (struct guest_paging){
		.cr0 = vmcs_read(GUEST_CR0),
		.cr3 = vmcs_read(GUEST_CR3),
		.cr4 = vmcs_read(GUEST_CR4),
		.ia32e = vmcs_read(ENTRY_CONTROLS) & VM_ENTRY_ia_32e_mode_guest,
		.pdpte = {
			vmcs_read(GUEST_PDPTE0), vmcs_read(GUEST_PDPTE1),
			vmcs_read(GUEST_PDPTE2), vmcs_read(GUEST_PDPTE3),
		},
	};
}

struct guest_physical vm_guest_physical(const struct vm *vm)
{
	struct guest_physical physical = {
		.ept = vm->ept,
		.rules = vm_ept_rules(),
		.memory = paging_window(),
	};

	physical.rules.mode_based_execute =
		vmcs_read(SECONDARY_CONTROLS) & SECONDARY_mode_based_execute;
	return physical;
}

u64 vm_rip(void)
{
	return vmcs_read(GUEST_RIP);
}
