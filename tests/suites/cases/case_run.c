/* case_run.c -- the VM that cases are run in, and its state for a case */
#include "tests/suites/cases/case_run.h"
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "kernel/traps.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"

/* Access rights (SDM vol. 3, table "Format of Access Rights"), and selectors. */
#define CODE_64_BIT    0xa09b
#define CODE_32_BIT    0xc09b
#define DATA_SEGMENT   0xc093
#define DPL_3          0x60
#define RPL_3          3
#define CODE_SELECTOR  0x08
#define STACK_SELECTOR 0x10

/* --- Made once ------------------------------------------------------------------------------- */

static struct case_offers offers_of_processor(bool ept_flags)
{
	const struct vmx_capabilities *has = &vmx_capabilities;
	bool loads_efer = vmcs_read(ENTRY_CONTROLS) & VM_ENTRY_load_efer;
	u32 all = 0, fixed = 0;

#define SWITCH(bit, name, text) all |= CASE_##name;
#include "tests/suites/cases/switches.def"
#undef SWITCH
	all &= ~(u32)((has->cr4_fixed1 & CR4_SMEP ? 0 : CASE_SMEP) |
		      (has->cr4_fixed1 & CR4_SMAP ? 0 : CASE_SMAP) |
		      (ept_flags ? 0 : CASE_EPT_FLAGS_ENABLED) |
		      (capability_offered(CAPABILITY_mode_based_execute) ? 0
									 : CASE_EXECUTE_BY_MODE));
	if (!loads_efer && msr_read(IA32_EFER) & EFER_NXE)
		fixed |= CASE_EXECUTE_DISABLE;
	else if (!loads_efer)
		all &= ~(u32)CASE_EXECUTE_DISABLE;
	return (struct case_offers){
		.paging = {
			[CASE_NO_PAGING] = capability_offered(CAPABILITY_unrestricted_guest),
			[CASE_32_BIT] = true, [CASE_PAE] = true, [CASE_4_LEVEL] = true,
			[CASE_5_LEVEL] = has->cr4_fixed1 & CR4_LA57,
		},
		.guest_1g = capability_offered(CAPABILITY_pages_1g),
		.ept_2m = has->ept_vpid & EPT_CAP_2M, .ept_1g = has->ept_vpid & EPT_CAP_1G,
		.switches = all, .switches_on = fixed,
		.physical_width = has->physical_width,
	};
}

/* What the memory has to know of the processor and of the VM. */
static void memory_prepare(struct case_machine *machine)
{
	struct case_memory *memory = &machine->memory;
	bool ept_flags = eptp_choose(vmx_capabilities.ept_vpid, &machine->vm.ept, true,
				     &memory->eptp[true]);

	memory->eptp[false] = vmcs_read(EPT_POINTER);
	memory->cr0 = vmcs_read(GUEST_CR0);
	memory->cr4 = vmcs_read(GUEST_CR4);
	memory->offers = offers_of_processor(ept_flags);
	memory->processor = model_processor(vmx_capabilities.ept_vpid,
					    vmx_capabilities.physical_width,
					    memory->offers.guest_1g);
}

bool case_machine_start(struct case_machine *machine)
{
	const char *refused;

	vmx_enter_operation();
	refused = vm_start(&machine->vm, MODE_long64, CASE_CODE_PAGE);
	if (refused) {
		skip("needs %s, which this processor does not offer", refused);
		return false;
	}
	memory_prepare(machine);
	if (!case_memory_start(&machine->memory, &machine->vm.ept)) {
		skip("needs 2 MiB of memory in one piece, with no boundary of 1 GiB in it");
		vm_end(&machine->vm);
		return false;
	}
	machine->entry_controls = vmcs_read(ENTRY_CONTROLS);
	machine->secondary_controls = vmcs_read(SECONDARY_CONTROLS);
	return true;
}

void case_machine_end(struct case_machine *machine)
{
	vm_end(&machine->vm);
}

/* --- The state of a case --------------------------------------------------------------------- */

static void write_mode(const struct case_machine *machine, const struct test_case *test_case)
{
	bool in_64_bit_mode = case_is_64_bit(test_case);
	bool user = test_case->switches & CASE_USER_MODE;
	bool by_mode = test_case->switches & CASE_EXECUTE_BY_MODE;
	bool unrestricted = test_case->paging == CASE_NO_PAGING;

	vmcs_write(ENTRY_CONTROLS, (machine->entry_controls & ~(u64)VM_ENTRY_ia_32e_mode_guest) |
				   (in_64_bit_mode ? VM_ENTRY_ia_32e_mode_guest : 0));
	vmcs_write(SECONDARY_CONTROLS, machine->secondary_controls |
				       (unrestricted ? SECONDARY_unrestricted_guest : 0) |
				       (by_mode ? SECONDARY_mode_based_execute : 0));
	vmcs_write(GUEST_CS_ACCESS_RIGHTS, (in_64_bit_mode ? CODE_64_BIT : CODE_32_BIT) |
					   (user ? DPL_3 : 0));
	vmcs_write(GUEST_SS_ACCESS_RIGHTS, DATA_SEGMENT | (user ? DPL_3 : 0));
	vmcs_write(GUEST_CS_SELECTOR, CODE_SELECTOR | (user ? RPL_3 : 0));
	vmcs_write(GUEST_SS_SELECTOR, STACK_SELECTOR | (user ? RPL_3 : 0));
}

void case_write_state(const struct case_machine *machine, const struct test_case *test_case,
		      const struct model *model)
{
	const struct model_guest *guest = &model->guest;

	write_mode(machine, test_case);
	vmcs_write(EPT_POINTER, model->controls.eptp);
	vmcs_write(GUEST_CR0, guest->cr0);
	vmcs_write(GUEST_CR3, guest->cr3);
	vmcs_write(GUEST_CR4, guest->cr4);
	vmcs_write(GUEST_RFLAGS, guest->rflags);
	if (machine->entry_controls & VM_ENTRY_load_efer)
		vmcs_write(GUEST_IA32_EFER, guest->efer);
	if (test_case->paging != CASE_PAE)
		return;
	vmcs_write(GUEST_PDPTE0, guest->pdpte[0]);
	vmcs_write(GUEST_PDPTE1, guest->pdpte[1]);
	vmcs_write(GUEST_PDPTE2, guest->pdpte[2]);
	vmcs_write(GUEST_PDPTE3, guest->pdpte[3]);
}

/* --- The access ------------------------------------------------------------------------------ */

static bool outcome_of(const struct exit *exit, struct model_outcome *outcome)
{
	*outcome = (struct model_outcome){ .physical = exit->gpa };
	switch (exit->reason) {
	case EXIT_vmcall:
		*outcome = (struct model_outcome){ .event = MODEL_COMPLETES };
		return true;
	case EXIT_ept_violation:
		outcome->event = MODEL_EPT_VIOLATION;
		outcome->code = exit->qualification;
		if (exit->violation.gla_valid)
			outcome->linear = exit->gla;
		return true;
	case EXIT_ept_misconfig:
		outcome->event = MODEL_EPT_MISCONFIGURATION;
		outcome->code = exit->qualification;
		return true;
	case EXIT_exception_or_nmi:
		*outcome = (struct model_outcome){
			.event = MODEL_PAGE_FAULT,
			.code = vmcs_read(EXIT_INTERRUPTION_ERROR_CODE),
			.linear = gla(exit->qualification),
		};
		return interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION)).vector ==
		       VECTOR_PF;
	default:
		return false;
	}
}

bool case_run(struct case_machine *machine, gla_t rip, gla_t address,
	      struct model_outcome *outcome)
{
	struct vm *vm = &machine->vm;

	vm->registers.rbx = address.raw;
	vmcs_write(GUEST_RIP, rip.raw);
	vm_invept();
	vm_run(vm);
	return outcome_of(&vm->exit, outcome);
}
