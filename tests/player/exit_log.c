/* exit_log.c -- the lines of the report about a VM exit of a scenario */
#include "tests/player/exit_log.h"
#include "kernel/exceptions.h"
#include "kernel/print.h"
#include "tests/player/address_text.h"
#include "tests/player/ept_log.h"
#include "tests/player/exit_facts.h"
#include "tests/player/observable.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/qualification_text.h"
#include "vmx/vmcs.h"

/* The label as the author wrote it in a step that names this address; null if no step does. */
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

static void add_address(struct text *line, const char *name, const struct script *script,
			u64 address)
{
	text_add(line, " %s=", name);
	line->length += address_text(line->start + line->length, line->size - line->length,
				     script, address);
}

static void add_rip(struct text *line, const struct script *script)
{
	u64 rip = vm_rip();
	const char *label = label_of(script, rip);

	if (label)
		text_add(line, " rip=%s(%#lx)", label, rip);
	else
		add_address(line, "rip", script, rip);
}

static void add_observable(struct text *line, const struct vm *vm, const struct exit *exit,
			   enum observable which)
{
	text_add(line, " %s=", observable_name(which));
	line->length += observable_text(line->start + line->length, line->size - line->length,
					which, observable_read(vm, exit, which));
}

static void add_ept_violation(struct text *line, const struct script *script, const struct vm *vm,
			      const struct exit *exit)
{
	add_address(line, "gpa", script, exit->gpa.raw);
	if (exit->violation.gla_valid)
		text_add(line, " gla=%#lx", exit->gla.raw);
	add_observable(line, vm, exit, OBSERVABLE_access);
	add_observable(line, vm, exit, OBSERVABLE_allowed);
	if (vmcs_read(SECONDARY_CONTROLS) & SECONDARY_mode_based_execute)
		text_add(line, "%s",
			 exit->qualification & VIOLATION_USER_EXECUTE ? "u" : "-");
}

static void add_error(struct text *line, unsigned vector, u64 error)
{
	text_add(line, " error=%#lx", error);
	if (vector != VECTOR_PF)
		return;
	text_add(line, "(");
	page_fault_error_text(line, error);
	text_add(line, ")");
}

/* The type is told where a vector alone does not say it: hardware exceptions are the usual. */
static void add_event(struct text *line, const struct interruption *event)
{
	text_add(line, " vector=%u %s", event->vector, vector_name(event->vector));
	if (event->type != EVENT_hardware_exception && event->type != EVENT_nmi)
		text_add(line, ", a %s", event_type_text(event->type));
	if (event->has_error)
		add_error(line, event->vector, vmcs_read(EXIT_INTERRUPTION_ERROR_CODE));
}

static void add_exception(struct text *line, const struct script *script, const struct vm *vm,
			  const struct exit *exit)
{
	struct interruption event = interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION));
	struct exit violation;

	add_event(line, &event);
	if (event.vector == VECTOR_PF)
		text_add(line, " address=%#lx", exit->qualification);
	if (event.vector == VECTOR_DB) {
		text_add(line, " cause=");
		debug_cause_text(line, exit->qualification);
	}
	if (event.nmi_unblocking)
		text_add(line, " nmi_unblocking");
	if (violation_of_ve(exit, &violation))
		add_ept_violation(line, script, vm, &violation);
}

static void add_pml_index(struct text *line)
{
	u64 index;

	if (vmread(PML_INDEX, &index) == SUCCEEDED)
		text_add(line, " index=%#lx", index);
}

static void add_spp_event(struct text *line, const struct script *script)
{
	add_address(line, "gpa", script, vmcs_read(GUEST_PHYSICAL_ADDRESS));
	text_add(line, " gla=%#lx", vmcs_read(GUEST_LINEAR_ADDRESS));
}

/* What the exit tells by itself; RAX if that is nothing, unless no instruction caused it. */
static void add_facts(struct text *line, const struct vm *vm, const struct exit *exit)
{
	struct exit_facts facts = exit_facts_of(vm, exit);
	size_t start = line->length;

	exit_details_text(line, &facts);
	exit_values_text(line, vm, &facts);
	if (line->length != start)
		return;
	switch (exit->reason) {
	case EXIT_triple_fault:
	case EXIT_init:
	case EXIT_interrupt_window:
	case EXIT_nmi_window:
	case EXIT_monitor_trap_flag:
	case EXIT_preemption_timer:
	case EXIT_bus_lock: break;
	default: text_add(line, " rax=%#lx", vm->registers.rax); break;
	}
}

/* Bits of the exit reason that any exit may have (SDM vol. 3, "Exit Reason"). */
static void add_reason_bits(struct text *line, u32 reason)
{
	static const char *const texts[] = {
		" shadow_stack_prematurely_busy", " bus_lock", " enclave_mode",
	};

	for (unsigned i = 0; i < COUNT(texts); i++)
		if (reason >> (25 + i) & 1)
			text_add(line, "%s", texts[i]);
}

static void add_details(struct text *line, const struct script *script, const struct vm *vm,
			const struct exit *exit)
{
	switch (exit->reason) {
	case EXIT_ept_violation:      add_ept_violation(line, script, vm, exit); break;
	case EXIT_ept_misconfig:      add_address(line, "gpa", script, exit->gpa.raw); break;
	case EXIT_external_interrupt: add_observable(line, vm, exit, OBSERVABLE_vector); break;
	case EXIT_exception_or_nmi:   add_exception(line, script, vm, exit); break;
	case EXIT_pml_full:           add_pml_index(line); break;
	case EXIT_spp_event:
		add_spp_event(line, script);
		add_facts(line, vm, exit);
		break;
	default:                      add_facts(line, vm, exit); break;
	}
	add_reason_bits(line, exit->reason_field);
}

static bool is_refusal(const struct exit *exit)
{
	return exit->reason >= EXIT_REFUSED(0);
}

static void exit_line(const struct script *script, const struct vm *vm, const struct exit *exit,
		      u64 number)
{
	const char *name = exit_name(exit->reason);
	char room[320];
	struct text line = TEXT_IN(room);

	if (name)
		text_add(&line, "exit %lu %s", number, name);
	else
		text_add(&line, "exit %lu, reason %u, which the SDM does not define,", number,
			 exit->reason);
	if (is_refusal(exit)) {
		text_add(&line, ": the processor refused VM entry, error %u", exit->reason & 0xff);
	} else {
		add_details(&line, script, vm, exit);
		add_rip(&line, script);
	}
	note("%s", room);
}

static bool is_exception(const struct interruption *event)
{
	return event->type == EVENT_hardware_exception || event->type == EVENT_software_exception ||
	       event->type == EVENT_privileged_software_exception;
}

/* A VM entry that fails does not write IDT-vectoring information: it is that of an earlier exit. */
static void event_line(const struct exit *exit)
{
	struct interruption event;
	char room[160];
	struct text line = TEXT_IN(room);

	if (exit_before_guest_ran(exit))
		return;
	event = interruption_decode(vmcs_read(IDT_VECTORING_INFORMATION));
	if (!event.valid)
		return;
	text_add(&line, "  while %s ", event_type_text(event.type));
	if (is_exception(&event))
		text_add(&line, "%s", vector_name(event.vector));
	else
		text_add(&line, "%#x", event.vector);
	if (event.has_error)
		add_error(&line, event.vector, vmcs_read(IDT_VECTORING_ERROR_CODE));
	note("%s was being delivered to the guest", room);
}

void exit_log(const struct script *script, const struct vm *vm, const struct exit *exit, u64 number)
{
	exit_line(script, vm, exit, number);
	ept_log(script, vm, exit);
	event_line(exit);
}
