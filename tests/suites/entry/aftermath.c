/* aftermath.c -- what an entry left behind */
#include "tests/suites/entry/aftermath.h"
#include "kernel/flags.h"
#include "tests/suites/entry/delivery.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/host.h"
#include "tests/suites/entry/information.h"

#define EVENT_IS_VALID BIT(31)
#define BLOCKING_BY_NMI BIT(3)                  /* of the interruptibility state */
#define VALUE(name) (state->fields[ENTRY_FIELD_##name])

static void twists_stand(const struct entry_machine *machine, const struct entry_case *tried,
			 enum entry_observation observation, struct entry_observed *observed)
{
	for (unsigned i = 0; i < tried->count; i++) {
		enum entry_field field = tried->twists[i].field;
		enum vmcs_field encoding = entry_field_encoding(field);

		entry_compare_field(observed, observation, encoding, vmcs_read(encoding),
				    machine->state.fields[field]);
	}
}

/* It was not injected, and is to be so by the next entry. */
static void event_stands(const struct entry_machine *machine, enum entry_observation observation,
			 struct entry_observed *observed)
{
	const struct entry_state *state = &machine->state;

	entry_compare(observed, observation, "ENTRY_INTERRUPTION_INFORMATION",
		      vmcs_read(ENTRY_INTERRUPTION_INFORMATION),
		      VALUE(entry_interruption_information));
}

static void registers_stand(const struct entry_machine *machine,
			    enum entry_observation observation, struct entry_observed *observed)
{
	u64 value = ENTRY_REGISTER_PATTERN;

#define REGISTER(name)                                                                             \
	entry_compare(observed, observation, #name, machine->vm.registers.name, value++);
#include "vmx/registers.def"
#undef REGISTER
}

/* --- VMfail ----------------------------------------------------------------------------------- */

/* What says how a VMX instruction ended: ZF alone for VMfailValid. */
#define FLAGS_OF_OUTCOME \
	(RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF)

static void after_vmfail(struct entry_machine *machine, const struct entry_case *tried, bool whole,
			 struct entry_observed *observed)
{
	entry_compare(observed, ENTRY_OBSERVATION_flags_of_vmfail, "RFLAGS",
		      machine->vm.refused_rflags & FLAGS_OF_OUTCOME, RFLAGS_ZF);
	entry_information_after_vmfail(&machine->information, whole, observed);
	if (whole)
		entry_host_is_disturbed(observed);
	registers_stand(machine, ENTRY_OBSERVATION_registers_after_vmfail, observed);
	event_stands(machine, ENTRY_OBSERVATION_guest_area_after_vmfail, observed);
	twists_stand(machine, tried, ENTRY_OBSERVATION_guest_area_after_vmfail, observed);
}

/* --- An exit of the entry itself -------------------------------------------------------------- */

static void after_failure(struct entry_machine *machine, const struct entry_case *tried, bool whole,
			  struct entry_observed *observed)
{
	entry_information_after_failure(&machine->information, &machine->vm.exit, whole, observed);
	entry_host_is_loaded(&machine->state, ENTRY_OBSERVATION_host_after_failed_entry, observed);
	registers_stand(machine, ENTRY_OBSERVATION_registers_after_failed_entry, observed);
	event_stands(machine, ENTRY_OBSERVATION_injection_after_failed_entry, observed);
	twists_stand(machine, tried, ENTRY_OBSERVATION_guest_area_after_failed_entry, observed);
}

/* --- An entry that succeeded ------------------------------------------------------------------ */

/* With another value of these a guest may go on elsewhere, or not at all.  The second list counts
 * where an event is delivered; blocking where none is, as it delays a debug exception. */
static const u16 steering[] = {
	ENTRY_FIELD_guest_cr0, ENTRY_FIELD_guest_cr3, ENTRY_FIELD_guest_cr4,
	ENTRY_FIELD_guest_ia32_efer, ENTRY_FIELD_guest_pdpte0, ENTRY_FIELD_guest_pdpte1,
	ENTRY_FIELD_guest_pdpte2, ENTRY_FIELD_guest_pdpte3, ENTRY_FIELD_guest_cs_base,
	ENTRY_FIELD_guest_cs_limit, ENTRY_FIELD_guest_cs_access_rights, ENTRY_FIELD_guest_rip,
	ENTRY_FIELD_guest_rflags, ENTRY_FIELD_guest_pending_debug_exceptions,
	ENTRY_FIELD_guest_activity_state,
	ENTRY_FIELD_entry_interruption_information, ENTRY_FIELD_guest_dr7,
	ENTRY_FIELD_guest_ia32_debugctl, ENTRY_FIELD_vmx_preemption_timer_value,
	ENTRY_FIELD_guest_interrupt_status,
};
static const u16 steering_delivery[] = {
	ENTRY_FIELD_guest_gdtr_base, ENTRY_FIELD_guest_gdtr_limit, ENTRY_FIELD_guest_idtr_base,
	ENTRY_FIELD_guest_idtr_limit, ENTRY_FIELD_guest_tr_base, ENTRY_FIELD_guest_tr_limit,
	ENTRY_FIELD_guest_tr_access_rights, ENTRY_FIELD_guest_ss_selector,
	ENTRY_FIELD_guest_ss_base, ENTRY_FIELD_guest_ss_limit,
	ENTRY_FIELD_guest_ss_access_rights, ENTRY_FIELD_guest_cs_selector,
	ENTRY_FIELD_guest_rsp, ENTRY_FIELD_guest_ssp, ENTRY_FIELD_guest_ia32_s_cet,
};

/* A bit for each field: most cases that are entered ask. */
struct field_set {
	bool filled;
	u64 words[(ENTRY_FIELDS + 63) / 64];
};

static bool has_field(struct field_set *set, const u16 *list, unsigned count,
		      enum entry_field field)
{
	for (unsigned i = 0; !set->filled && i < count; i++)
		set->words[list[i] / 64] |= BIT(list[i] % 64);
	set->filled = true;
	return set->words[field / 64] >> field % 64 & 1;
}

static bool goes_on_elsewhere(const struct entry_machine *machine, const struct entry_case *tried)
{
	static struct field_set always, of_delivery;

	for (unsigned i = 0; i < tried->count; i++) {
		enum entry_field field = tried->twists[i].field;

		if (field == ENTRY_FIELD_guest_interruptibility_state && !machine->base->event)
			return true;
		if (has_field(&always, steering, COUNT(steering), field))
			return true;
		if (machine->base->event &&
		    has_field(&of_delivery, steering_delivery, COUNT(steering_delivery), field))
			return true;
	}
	return false;
}

/* Where the field is what keeps a guest from going on, it may be stopped by the watchdog. */
static void is_not_stopped(const struct entry_machine *machine, struct entry_observed *observed)
{
	const struct entry_state *state = &machine->state;

	if (machine->vm.exit.timed_out && !VALUE(guest_activity_state))
		entry_compare(observed, ENTRY_GOES_ON,
			      "the guest was stopped by the watchdog: EXIT_REASON",
			      machine->vm.exit.reason, machine->base->exit);
}

/* Blocking by STI and by MOV SS ends with an event, and stays while the first instruction exits.
 * That by NMI begins with an NMI; it may be left from an earlier entry (SDM vol. 3, "Event
 * Injection"). */
static void compare_interruptibility(const struct entry_machine *machine,
				     struct entry_observed *observed)
{
	const struct entry_state *state = &machine->state;
	struct interruption event = interruption_decode(machine->base->event);
	u64 expected = event.valid ? 0 : VALUE(guest_interruptibility_state);
	u64 found = vmcs_read(GUEST_INTERRUPTIBILITY_STATE);

	if (event.valid && event.type == EVENT_nmi)
		expected |= BLOCKING_BY_NMI;
	else
		found = (found & ~BLOCKING_BY_NMI) | (expected & BLOCKING_BY_NMI);
	entry_compare(observed, ENTRY_OBSERVATION_interruptibility_after_event,
		      "GUEST_INTERRUPTIBILITY_STATE", found, expected);
}

/* Without an event a guest that waits does so until it exits. */
static u64 activity_after(const struct entry_machine *machine)
{
	const struct entry_state *state = &machine->state;

	return machine->base->event ? 0 : VALUE(guest_activity_state);
}

static void went_on_as_the_base(const struct entry_machine *machine,
				struct entry_observed *observed)
{
	const struct entry_base *base = machine->base;

	entry_compare(observed, ENTRY_GOES_ON, "EXIT_REASON", machine->vm.exit.reason_field,
		      base->exit);
	entry_compare(observed, ENTRY_GOES_ON, "GUEST_RIP", vmcs_read(GUEST_RIP),
		      entry_base_exit_rip(base));
	compare_interruptibility(machine, observed);
	entry_compare(observed, ENTRY_OBSERVATION_activity_after_event, "GUEST_ACTIVITY_STATE",
		      vmcs_read(GUEST_ACTIVITY_STATE), activity_after(machine));
	registers_stand(machine, ENTRY_OBSERVATION_registers_of_guest, observed);
	if (base->event && base->exit == EXIT_vmcall)
		entry_judge_delivery(machine, observed);
}

static void after_success(struct entry_machine *machine, const struct entry_case *tried,
			  struct entry_observed *observed)
{
	const struct entry_state *state = &machine->state;

	entry_compare(observed, ENTRY_OBSERVATION_injection_after_exit,
		      "ENTRY_INTERRUPTION_INFORMATION",
		      vmcs_read(ENTRY_INTERRUPTION_INFORMATION),
		      VALUE(entry_interruption_information) & ~EVENT_IS_VALID);
	entry_information_after_success(&machine->information, &machine->vm.exit);
	entry_host_is_loaded(state, ENTRY_OBSERVATION_host_after_exit, observed);
	if (goes_on_elsewhere(machine, tried))
		is_not_stopped(machine, observed);
	else
		went_on_as_the_base(machine, observed);
}

void entry_judge_aftermath(struct entry_machine *machine, const struct entry_case *tried,
			   bool whole, struct entry_observed *observed)
{
	switch (observed->outcome.end) {
	case ENTRY_VMFAIL:
		after_vmfail(machine, tried, whole, observed);
		break;
	case ENTRY_FAILS:
		after_failure(machine, tried, whole, observed);
		break;
	case ENTRY_SUCCEEDS:
		after_success(machine, tried, observed);
		break;
	}
}
