/* observable.c -- what a scenario's script can expect and set, by the rows of observables.def */
#include "tests/player/observable.h"
#include "kernel/panic.h"
#include "kernel/print.h"
#include "tests/player/exit_facts.h"
#include "vmx/operands.h"
#include "vmx/qualification_text.h"
#include "vmx/vmcs.h"

static const char *const names[] = {
#define OBSERVABLE(number, name, settable, text) [number] = #name,
#include "tests/language/observables.def"
#undef OBSERVABLE
};

const char *observable_name(enum observable which)
{
	return names[which];
}

/* The VMCS field that holds the observable; false if none does. */
static bool vmcs_field_of(enum observable which, enum vmcs_field *field)
{
	switch (which) {
	case OBSERVABLE_rsp:    *field = GUEST_RSP; return true;
	case OBSERVABLE_rip:    *field = GUEST_RIP; return true;
	case OBSERVABLE_rflags: *field = GUEST_RFLAGS; return true;
	case OBSERVABLE_cr0:    *field = GUEST_CR0; return true;
	case OBSERVABLE_cr3:    *field = GUEST_CR3; return true;
	case OBSERVABLE_cr4:    *field = GUEST_CR4; return true;
	case OBSERVABLE_length: *field = EXIT_INSTRUCTION_LENGTH; return true;
	case OBSERVABLE_error:  *field = EXIT_INTERRUPTION_ERROR_CODE; return true;
	default:                return false;
	}
}

static const u64 *general_register_of(const struct registers *registers, enum observable which)
{
	switch (which) {
#define REGISTER(name) case OBSERVABLE_##name: return &registers->name;
#include "vmx/registers.def"
#undef REGISTER
	default: return NULL;
	}
}

static u64 control_number(const struct exit *exit)
{
	return exit->reason == EXIT_mov_dr ? dr_access_decode(exit->qualification).number
					   : cr_access_decode(exit->qualification).number;
}

/* What EPT violations have, and in part EPT misconfigurations.  After other exits it reads as 0:
 * exit_decode() has left there what an earlier exit had. */
static u64 ept_part(const struct exit *exit, enum observable which)
{
	bool violation = exit->reason == EXIT_ept_violation;

	switch (which) {
	case OBSERVABLE_gpa:
		return violation || exit->reason == EXIT_ept_misconfig ? exit->gpa.raw : 0;
	case OBSERVABLE_gla:     return violation ? exit->gla.raw : 0;
	case OBSERVABLE_access:  return violation ? exit->violation.wanted : NONE;
	case OBSERVABLE_allowed: return violation ? exit->violation.allowed : NONE;
	case OBSERVABLE_walk:    return violation && exit->violation.in_page_walk;
	default:                 panic("observable %u has no reader", which);
	}
}

/* Of an instruction whose exit tells its operands; 0 after other exits. */
static u64 operand_part(const struct vm *vm, const struct exit *exit, enum observable which)
{
	struct exit_facts facts = exit_facts_of(vm, exit);
	struct operands operands;

	if (!exit_operands(&facts, &operands))
		return 0;
	switch (which) {
	case OBSERVABLE_segment:      return operands.segment;
	case OBSERVABLE_base:         return operands.base;
	case OBSERVABLE_index:        return operands.index;
	case OBSERVABLE_scale:        return operands.scale;
	case OBSERVABLE_displacement: return operands_displacement(&operands, exit->qualification);
	case OBSERVABLE_address_size: return operands.address_size;
	case OBSERVABLE_operand:      return operands.in_memory ? NO_REGISTER : operands.first;
	default:                      return exit_register(vm, operands.second);
	}
}

static u64 detail_part(const struct vm *vm, const struct exit *exit, enum observable which)
{
	struct exit_facts facts = exit_facts_of(vm, exit);

	return exit_detail(&facts, names[which]);
}

static u64 io_part(const struct exit *exit, enum observable which)
{
	struct io_access access = io_access_decode(exit->qualification);

	switch (which) {
	case OBSERVABLE_port:   return access.port;
	case OBSERVABLE_size:   return access.size;
	case OBSERVABLE_string: return access.string;
	case OBSERVABLE_rep:    return access.rep;
	case OBSERVABLE_immediate: return access.immediate;
	default:                return access.in;
	}
}

static u64 vector_of(const struct vm *vm, const struct exit *exit)
{
	if (exit->reason == EXIT_virtualized_eoi || exit->reason == EXIT_sipi)
		return detail_part(vm, exit, OBSERVABLE_vector);
	return interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION)).vector;
}

static u64 exit_part(const struct vm *vm, const struct exit *exit, enum observable which)
{
	switch (which) {
	case OBSERVABLE_cause:
	case OBSERVABLE_msr_entry:
	case OBSERVABLE_qualification: return exit->qualification;
	case OBSERVABLE_vector:        return vector_of(vm, exit);
	case OBSERVABLE_port ... OBSERVABLE_direction:
	case OBSERVABLE_string ... OBSERVABLE_immediate:
		return io_part(exit, which);
	case OBSERVABLE_control:       return control_number(exit);
	case OBSERVABLE_selector ... OBSERVABLE_value:
		return detail_part(vm, exit, which);
	case OBSERVABLE_segment ... OBSERVABLE_field:
		return operand_part(vm, exit, which);
	default:                       return ept_part(exit, which);
	}
}

u64 observable_read(const struct vm *vm, const struct exit *exit, enum observable which)
{
	const u64 *general = general_register_of(&vm->registers, which);
	enum vmcs_field field;

	if (general)
		return *general;
	return vmcs_field_of(which, &field) ? vmcs_read(field) : exit_part(vm, exit, which);
}

void observable_write(struct vm *vm, enum observable which, u64 value)
{
	u64 *general = (u64 *)general_register_of(&vm->registers, which);
	enum vmcs_field field;

	if (general)
		*general = value;
	else if (vmcs_field_of(which, &field))
		vmcs_write(field, value);
	else
		panic("observable %u cannot be set", which);
}

size_t observable_text(char *text, size_t size, enum observable which, u64 value)
{
	struct text into = { text, size, 0 };

	switch (which) {
	case OBSERVABLE_access:    access_text(&into, value & RWX); break;
	case OBSERVABLE_cause:     debug_cause_text(&into, value); break;
	case OBSERVABLE_source:    detail_text(&into, FORM_SOURCE, value); break;
	case OBSERVABLE_kind:      detail_text(&into, FORM_KIND, value); break;
	case OBSERVABLE_msr:       detail_text(&into, FORM_MSR, value); break;
	case OBSERVABLE_field:     exit_field_text(&into, value); break;
	case OBSERVABLE_segment:   text_add(&into, "%s", segment_name((unsigned)value)); break;
	case OBSERVABLE_base:
	case OBSERVABLE_index:
	case OBSERVABLE_operand:
		text_add(&into, "%s", value == NO_REGISTER ? "none" :
				      general_register_name((unsigned)value));
		break;
	case OBSERVABLE_allowed:
		text_add(&into, "%s", permission_text(value & RWX).text);
		break;
	case OBSERVABLE_direction: text_add(&into, value ? "in" : "out"); break;
	default:                   text_add(&into, "%#lx", value); break;
	}
	return into.length;
}
