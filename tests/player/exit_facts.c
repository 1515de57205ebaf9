/* exit_facts.c -- what the fields of the VMCS and the guest's registers say of the last exit */
#include "tests/player/exit_facts.h"
#include "kernel/memory.h"
#include "vmx/capabilities.h"

#define STRING_INFORMATION BIT(54)              /* of IA32_VMX_BASIC */
#define CODE_64            BIT(13)              /* of the access rights of CS */
#define FIRST_FS           4                    /* of segments that have a base in 64-bit mode */

struct exit_facts exit_facts_of(const struct vm *vm, const struct exit *exit)
{
	return (struct exit_facts){
		.reason = exit->reason,
		.has_qualification = true,
		.has_instruction = exit->reason != EXIT_io_instruction ||
				   vmx_capabilities.basic & STRING_INFORMATION,
		.has_registers = true,
		.qualification = exit->qualification,
		.instruction = (u32)vmcs_read(EXIT_INSTRUCTION_INFORMATION),
		.rax = vm->registers.rax,
		.rcx = vm->registers.rcx,
		.rdx = vm->registers.rdx,
	};
}

bool exit_operands(const struct exit_facts *facts, struct operands *operands)
{
	struct io_access access = io_access_decode(facts->qualification);

	if (facts->reason != EXIT_io_instruction)
		return operands_decode(operands, facts->reason, facts->instruction);
	if (access.string && facts->has_instruction)
		operands_decode_string(operands, access.in, facts->instruction);
	return access.string && facts->has_instruction;
}

/* struct registers lacks RSP. */
u64 exit_register(const struct vm *vm, unsigned number)
{
	enum { RSP = 4 };
	const u64 *registers = (const u64 *)&vm->registers;

	if (number == NO_REGISTER)
		return 0;
	if (number == RSP)
		return vmcs_read(GUEST_RSP);
	return registers[number < RSP ? number : number - 1];
}

/* SDM vol. 1, "Specifying an Offset" and "Memory Addressing in 64-Bit Mode". */
static u64 linear_address(const struct vm *vm, const struct operands *operands, u64 displacement)
{
	bool in_64_bit = vmcs_read(GUEST_CS_ACCESS_RIGHTS) & CODE_64;
	u64 offset = exit_register(vm, operands->base) + displacement +
		     exit_register(vm, operands->index) * operands->scale;
	enum vmcs_field base = GUEST_ES_BASE + 2 * operands->segment;

	if (operands->address_size < 64)
		offset &= BIT(operands->address_size) - 1;
	if (in_64_bit)
		return offset + (operands->segment < FIRST_FS ? 0 : vmcs_read(base));
	return (u32)(offset + vmcs_read(base));
}

static bool has_address(const struct operands *operands)
{
	return operands->in_memory && operands->address_size &&
	       *segment_name(operands->segment) != '?';
}

void exit_field_text(struct text *text, u64 encoding)
{
	const char *name = encoding >> 32 ? NULL : vmcs_field_name((u32)encoding);

	if (name)
		text_add(text, "%s(%#lx)", name, encoding);
	else
		text_add(text, "%#lx", encoding);
}

static void add_operands(struct text *text, const struct vm *vm, const struct exit_facts *facts,
			 const struct operands *operands)
{
	if (has_address(operands))
		text_add(text, " gla=%#lx", linear_address(vm, operands, operands_displacement(
							   operands, facts->qualification)));
	switch (facts->reason) {
	case EXIT_vmread:
	case EXIT_vmwrite:
		text_add(text, " field=");
		exit_field_text(text, exit_register(vm, operands->second));
		break;
	case EXIT_invept:
	case EXIT_invvpid:
	case EXIT_invpcid:
		text_add(text, " type=%#lx", exit_register(vm, operands->second));
		break;
	}
	if (facts->reason == EXIT_vmwrite && !operands->in_memory)
		text_add(text, " value=%#lx", exit_register(vm, operands->first));
}

static void add_control(struct text *text, const struct vm *vm, u64 qualification)
{
	struct cr_access access = cr_access_decode(qualification);

	if (access.kind == MOV_TO_CR)
		text_add(text, " value=%#lx", exit_register(vm, access.general_register));
	if (access.kind == LMSW && access.in_memory)
		text_add(text, " gla=%#lx", vmcs_read(GUEST_LINEAR_ADDRESS));
}

static void add_debug(struct text *text, const struct vm *vm, u64 qualification)
{
	struct dr_access access = dr_access_decode(qualification);

	if (!access.from)
		text_add(text, " value=%#lx", exit_register(vm, access.general_register));
}

/* The entry of the VM-entry MSR-load area that could not be loaded; the first is 1. */
static void add_refused_msr(struct text *text, u64 number)
{
	enum { ENTRIES_AT_MOST = 4096 };
	struct { u32 msr, reserved; u64 value; } entry;
	hpa_t place = hpa(vmcs_read(ENTRY_MSR_LOAD_ADDRESS) + (number - 1) * sizeof(entry));

	if (number < 1 || number > ENTRIES_AT_MOST || !memory_is_usable(place, sizeof(entry)))
		return;
	__builtin_memcpy(&entry, at_hpa(place), sizeof(entry));
	text_add(text, " msr=");
	detail_text(text, FORM_MSR, entry.msr);
	text_add(text, " value=%#lx", entry.value);
}

void exit_values_text(struct text *text, const struct vm *vm, const struct exit_facts *facts)
{
	struct operands operands;

	if (operands_decode(&operands, facts->reason, facts->instruction)) {
		add_operands(text, vm, facts, &operands);
		return;
	}
	switch (facts->reason) {
	case EXIT_cr_access:   add_control(text, vm, facts->qualification); break;
	case EXIT_mov_dr:      add_debug(text, vm, facts->qualification); break;
	case EXIT_msr_loading: add_refused_msr(text, facts->qualification); break;
	case EXIT_tpr_below_threshold:
		text_add(text, " threshold=%#lx", vmcs_read_or_0(TPR_THRESHOLD));
		break;
	case EXIT_io_instruction:
		if (io_access_decode(facts->qualification).string)
			text_add(text, " gla=%#lx", vmcs_read(GUEST_LINEAR_ADDRESS));
		break;
	}
}
