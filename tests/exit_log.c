#include "tests/exit_log.h"
#include "ept/explain.h"
#include "kernel/print.h"
#include "tests/observable.h"
#include "tests/test.h"
#include "vmx/vmcs.h"

#define LINE_SIZE 320

struct line {
	char text[LINE_SIZE];
	size_t length;
};

#define ADD(line, ...)                                                                             \
	((line)->length += print_into((line)->text + (line)->length,                               \
				      LINE_SIZE - (line)->length, __VA_ARGS__))

size_t script_address_text(char *text, size_t size, const struct script *script, u64 address)
{
	for (u32 i = 0; i < script->header->region_count; i++) {
		const struct script_region *region = &script->regions[i];
		const char *name = script_text(script, region->name);
		u64 offset = address - region->gpa;

		if (offset >= region->size)
			continue;
		if (offset == 0)
			return print_into(text, size, "%s(%#lx)", name, address);
		return print_into(text, size, "%s+%#lx(%#lx)", name, offset, address);
	}
	return print_into(text, size, "%#lx", address);
}

/* A label is known by what the author wrote for it; null if the script never names the address. */
static const char *label_of(const struct script *script, u64 rip)
{
	for (u32 i = 0; i < script->header->step_count; i++) {
		const struct script_step *step = &script->steps[i];

		if (step->text && step->value == rip &&
		    (step->kind == STEP_RESUME_AT ||
		     (step->kind == STEP_CHECK && step->what == OBSERVABLE_rip)))
			return script_text(script, step->text);
	}
	return NULL;
}

static void add_address(struct line *line, const char *name, const struct script *script,
			u64 address)
{
	ADD(line, " %s=", name);
	line->length += script_address_text(line->text + line->length, LINE_SIZE - line->length,
					    script, address);
}

static void add_rip(struct line *line, const struct script *script)
{
	u64 rip = vm_rip();
	const char *label = label_of(script, rip);

	if (label)
		ADD(line, " rip=%s(%#lx)", label, rip);
	else
		add_address(line, "rip", script, rip);
}

static void add_observable(struct line *line, const struct vm *vm, const struct exit *exit,
			   enum observable which)
{
	ADD(line, " %s=", observable_name(which));
	line->length += observable_text(line->text + line->length, LINE_SIZE - line->length, which,
					observable_read(vm, exit, which));
}

static void add_ept_violation(struct line *line, const struct script *script, const struct vm *vm,
			      const struct exit *exit)
{
	add_address(line, "gpa", script, exit->gpa.raw);
	if (exit->violation.gla_valid)
		ADD(line, " gla=%#lx", exit->gla.raw);
	add_observable(line, vm, exit, OBSERVABLE_access);
	add_observable(line, vm, exit, OBSERVABLE_allowed);
}

static void add_cr_access(struct line *line, const struct exit *exit)
{
	struct cr_access access = cr_access_decode(exit->qualification);
	const char *name = general_register_name(access.general_register);

	switch (access.kind) {
	case MOV_TO_CR:   ADD(line, " mov cr%u, %s", access.number, name); break;
	case MOV_FROM_CR: ADD(line, " mov %s, cr%u", name, access.number); break;
	case CLTS:        ADD(line, " clts"); break;
	case LMSW:        ADD(line, " lmsw %#x", access.lmsw_source); break;
	}
}

static void add_dr_access(struct line *line, const struct exit *exit)
{
	struct dr_access access = dr_access_decode(exit->qualification);
	const char *name = general_register_name(access.general_register);

	if (access.from)
		ADD(line, " mov %s, dr%u", name, access.number);
	else
		ADD(line, " mov dr%u, %s", access.number, name);
}

static void add_io(struct line *line, const struct exit *exit)
{
	struct io_access access = io_access_decode(exit->qualification);

	ADD(line, " port=%#x size=%u direction=%s%s%s", access.port, access.size,
	    access.in ? "in" : "out", access.string ? " string" : "", access.rep ? " rep" : "");
}

#define VECTOR_PAGE_FAULT 14

static void add_exception(struct line *line, const struct exit *exit)
{
	struct interruption event = interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION));

	ADD(line, " vector=%u %s", event.vector, vector_name(event.vector));
	if (event.has_error)
		ADD(line, " error=%#lx", vmcs_read(EXIT_INTERRUPTION_ERROR_CODE));
	if (event.vector == VECTOR_PAGE_FAULT)
		ADD(line, " address=%#lx", exit->qualification);
}

static void add_details(struct line *line, const struct script *script, const struct vm *vm,
			const struct exit *exit)
{
	switch (exit->reason) {
	case EXIT_ept_violation:    add_ept_violation(line, script, vm, exit); break;
	case EXIT_ept_misconfig:    add_address(line, "gpa", script, exit->gpa.raw); break;
	case EXIT_cr_access:        add_cr_access(line, exit); break;
	case EXIT_mov_dr:           add_dr_access(line, exit); break;
	case EXIT_io_instruction:   add_io(line, exit); break;
	case EXIT_exception_or_nmi: add_exception(line, exit); break;
	case EXIT_wrmsr:
	case EXIT_rdmsr:            ADD(line, " rcx=%#lx", vm->registers.rcx); break;
	case EXIT_invalid_guest_state:
	case EXIT_msr_loading:      add_observable(line, vm, exit, OBSERVABLE_qualification); break;
	default:                    ADD(line, " rax=%#lx", vm->registers.rax); break;
	}
}

/* The walk is shown as the tables stand now, which is as they stood for the guest. */
static void explain_ept(const struct vm *vm, const struct exit *exit)
{
	struct ept_rules rules = vm_ept_rules();
	struct ept_walk walk = ept_walk(&vm->ept, exit->gpa, &rules);
	bool violation = exit->reason == EXIT_ept_violation;
	char text[LINE_SIZE];

	ept_walk_text(text, sizeof(text), &walk, violation ? exit->violation.wanted : NONE);
	note("  ept %s", text);
	if (violation)
		ept_violation_text(text, sizeof(text), &exit->violation, exit->gla, &walk);
	else
		ept_misconfiguration_text(text, sizeof(text), &walk);
	note("  %s", text);
}

static bool is_refusal(const struct exit *exit)
{
	return exit->reason >= EXIT_REFUSED(0);
}

static void exit_line(const struct script *script, const struct vm *vm, const struct exit *exit,
		      u64 number)
{
	const char *name = exit_name(exit->reason);
	struct line line = { .length = 0 };

	if (name)
		ADD(&line, "exit %lu %s", number, name);
	else
		ADD(&line, "exit %lu, reason %u, which the SDM does not define,", number,
		    exit->reason);
	if (is_refusal(exit)) {
		ADD(&line, ": the processor refused VM entry, error %u", exit->reason & 0xff);
	} else {
		add_details(&line, script, vm, exit);
		add_rip(&line, script);
	}
	note("%s", line.text);
}

void exit_log(const struct script *script, const struct vm *vm, const struct exit *exit, u64 number)
{
	exit_line(script, vm, exit, number);
	if (exit->reason == EXIT_ept_violation || exit->reason == EXIT_ept_misconfig)
		explain_ept(vm, exit);
}
