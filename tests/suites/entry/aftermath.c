/* aftermath.c -- what an entry left behind */
#include "tests/suites/entry/aftermath.h"
#include "kernel/cpu.h"
#include "tests/suites/entry/delivery.h"
#include "tests/suites/entry/fields.h"

#define EVENT_IS_VALID BIT(31)
#define VALUE(name) (state->fields[ENTRY_FIELD_##name])

struct entry_exit_fields entry_exit_fields(void)
{
	return (struct entry_exit_fields){
		vmcs_read(EXIT_REASON), vmcs_read(EXIT_QUALIFICATION),
	};
}

static void twists_stand(const struct entry_machine *machine, const struct entry_case *tried,
			 struct entry_observed *observed)
{
	for (unsigned i = 0; i < tried->count; i++) {
		enum entry_field field = tried->twists[i].field;
		u64 found = vmcs_read(entry_field_encoding(field));

		if (found != machine->state.fields[field])      /* names take long to find */
			entry_note_difference(observed, entry_field_name(field), found,
					      machine->state.fields[field]);
	}
}

static void registers_stand(const struct entry_machine *machine, struct entry_observed *observed)
{
	u64 value = ENTRY_REGISTER_PATTERN;

#define REGISTER(name)                                                                             \
	entry_compare(observed, "a general register", machine->vm.registers.name, value++);
#include "vmx/registers.def"
#undef REGISTER
}

/* --- VMfail ----------------------------------------------------------------------------------- */

static void after_vmfail(const struct entry_exit_fields *before, struct entry_observed *observed)
{
	entry_compare(observed, "EXIT_REASON", vmcs_read(EXIT_REASON), before->reason);
	entry_compare(observed, "EXIT_QUALIFICATION", vmcs_read(EXIT_QUALIFICATION),
		before->qualification);
}

/* --- An exit of the entry itself -------------------------------------------------------------- */

#define SELECTOR(name)                                                                             \
	static inline u64 name##_selector(void)                                                    \
	{                                                                                          \
		u16 value;                                                                         \
		asm volatile ("mov %%" #name ", %0" : "=r" (value));                               \
		return value;                                                                      \
	}
SELECTOR(cs)
SELECTOR(ss)
SELECTOR(ds)
SELECTOR(es)
SELECTOR(fs)
SELECTOR(gs)
#undef SELECTOR

/* RSP was loaded, or nobody would be here. */
static void host_is_loaded(const struct entry_state *state, struct entry_observed *observed)
{
	entry_compare(observed, "CR0", cr0_read(), VALUE(host_cr0));
	entry_compare(observed, "CR3", cr3_read(), VALUE(host_cr3));
	entry_compare(observed, "CR4", cr4_read(), VALUE(host_cr4));
	entry_compare(observed, "CS", cs_selector(), VALUE(host_cs_selector));
	entry_compare(observed, "SS", ss_selector(), VALUE(host_ss_selector));
	entry_compare(observed, "DS", ds_selector(), VALUE(host_ds_selector));
	entry_compare(observed, "ES", es_selector(), VALUE(host_es_selector));
	entry_compare(observed, "FS", fs_selector(), VALUE(host_fs_selector));
	entry_compare(observed, "GS", gs_selector(), VALUE(host_gs_selector));
}

#define FAILED_ENTRY BIT(31)

static void after_failure(const struct entry_machine *machine, struct entry_observed *observed)
{
	const struct entry_state *state = &machine->state;

	entry_compare(observed, "EXIT_REASON", machine->vm.exit.reason_field,
		observed->outcome.number | FAILED_ENTRY);
	entry_compare(observed, "ENTRY_INTERRUPTION_INFORMATION",
		vmcs_read(ENTRY_INTERRUPTION_INFORMATION), VALUE(entry_interruption_information));
	host_is_loaded(state, observed);
	registers_stand(machine, observed);
}

/* --- An entry that succeeded ------------------------------------------------------------------ */

/* With another value of these a guest may go on elsewhere, or not at all.  The second list counts
 * where an event is delivered. */
static const u16 steering[] = {
	ENTRY_FIELD_guest_cr0, ENTRY_FIELD_guest_cr3, ENTRY_FIELD_guest_cr4,
	ENTRY_FIELD_guest_ia32_efer, ENTRY_FIELD_guest_pdpte0, ENTRY_FIELD_guest_pdpte1,
	ENTRY_FIELD_guest_pdpte2, ENTRY_FIELD_guest_pdpte3, ENTRY_FIELD_guest_cs_base,
	ENTRY_FIELD_guest_cs_limit, ENTRY_FIELD_guest_cs_access_rights, ENTRY_FIELD_guest_rip,
	ENTRY_FIELD_guest_rflags, ENTRY_FIELD_guest_pending_debug_exceptions,
	ENTRY_FIELD_guest_interruptibility_state, ENTRY_FIELD_guest_activity_state,
	ENTRY_FIELD_entry_interruption_information, ENTRY_FIELD_entry_exception_error_code,
	ENTRY_FIELD_entry_instruction_length, ENTRY_FIELD_guest_dr7,
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

static bool is_listed(const u16 *list, unsigned count, enum entry_field field)
{
	for (unsigned i = 0; i < count; i++)
		if (list[i] == field)
			return true;
	return false;
}

static bool goes_on_elsewhere(const struct entry_machine *machine, const struct entry_case *tried)
{
	for (unsigned i = 0; i < tried->count; i++) {
		enum entry_field field = tried->twists[i].field;

		if (is_listed(steering, COUNT(steering), field) ||
		    (machine->base->event &&
		     is_listed(steering_delivery, COUNT(steering_delivery), field)))
			return true;
	}
	return false;
}

/* Where the field is what keeps a guest from going on, it may be stopped by the watchdog. */
static void is_not_stopped(const struct entry_machine *machine, struct entry_observed *observed)
{
	const struct entry_state *state = &machine->state;

	if (machine->vm.exit.timed_out && !VALUE(guest_activity_state))
		entry_compare(observed, "the guest was stopped by the watchdog: EXIT_REASON",
			machine->vm.exit.reason, machine->base->exit);
}

static void after_success(const struct entry_machine *machine, const struct entry_case *tried,
			  struct entry_observed *observed)
{
	entry_compare(observed, "the valid bit of ENTRY_INTERRUPTION_INFORMATION",
		vmcs_read(ENTRY_INTERRUPTION_INFORMATION) & EVENT_IS_VALID, 0);
	if (goes_on_elsewhere(machine, tried)) {
		is_not_stopped(machine, observed);
		return;
	}
	entry_compare(observed, "EXIT_REASON", machine->vm.exit.reason_field, machine->base->exit);
	entry_compare(observed, "GUEST_RIP", vmcs_read(GUEST_RIP),
		      entry_base_exit_rip(machine->base));
	registers_stand(machine, observed);
	if (!tried->count && machine->base->event && machine->base->exit == EXIT_vmcall)
		entry_judge_delivery(machine, observed);
}

void entry_judge_aftermath(const struct entry_machine *machine, const struct entry_case *tried,
			   struct entry_observed *observed)
{
	if (observed->outcome.end == ENTRY_SUCCEEDS) {
		after_success(machine, tried, observed);
		return;
	}
	if (observed->outcome.end == ENTRY_VMFAIL)
		after_vmfail(&machine->last, observed);
	else
		after_failure(machine, observed);
	twists_stand(machine, tried, observed);
}
