/* information.c -- the VM-exit information fields */
#include "tests/suites/entry/information.h"
#include "vmx/capabilities.h"
#include "vmx/start_vmcs.h"

/* All of them. */
static const u16 fields[] = {
#define VMCS(encoding, width, kind, name) kind == RESULT ? encoding : 0,
#include "vmx/vmcs.def"
#undef VMCS
};

/* The first in the list, so that all others follow it. */
#define PLACE_OF_ERROR 0

static void list(struct entry_information *information, u16 field)
{
	if (information->writable)
		vmcs_note(field, 0);
	information->fields[information->count++] = field;
}

static bool is_judged_by_itself(u16 field)
{
	return field == VM_INSTRUCTION_ERROR || field == EXIT_REASON || field == EXIT_QUALIFICATION;
}

void entry_information_start(struct entry_information *information)
{
	*information = (struct entry_information){
		.reason = vmcs_read(EXIT_REASON), .qualification = vmcs_read(EXIT_QUALIFICATION),
		.writable = capability_offered(CAPABILITY_vmwrite_any_field),
	};
	list(information, VM_INSTRUCTION_ERROR);
	for (unsigned i = 0; i < COUNT(fields); i++)
		if (fields[i] && !is_judged_by_itself(fields[i]) &&
		    vmcs_set_has(vmcs_fields(), fields[i]))
			list(information, fields[i]);
}

/* --- Before ----------------------------------------------------------------------------------- */

#define PATTERN 0x5a5a0000u

void entry_information_prepare(struct entry_information *information)
{
	if (information->known)
		return;
	information->known = true;
	for (unsigned i = 0; i < information->count; i++) {
		if (information->writable)
			vmcs_put(information->fields[i], PATTERN + i);
		information->values[i] = information->writable ?
			PATTERN + i : vmcs_read(information->fields[i]);
	}
}

/* --- After ------------------------------------------------------------------------------------ */

/* Each difference is told once: from then on the field has the value that was found. */
static void compare(enum vmcs_field field, u64 *expected, enum entry_observation observation,
		    struct entry_observed *observed)
{
	u64 found = vmcs_read(field);

	entry_compare_field(observed, observation, field, found, *expected);
	*expected = found;
}

static void compare_all(struct entry_information *information, enum entry_observation observation,
			struct entry_observed *observed)
{
	for (unsigned i = 0; i < information->count; i++)
		if (vmcs_read(information->fields[i]) != information->values[i])
			compare(information->fields[i], &information->values[i], observation,
				observed);
}

void entry_information_after_vmfail(struct entry_information *information, bool all,
				    struct entry_observed *observed)
{
	const enum entry_observation observation = ENTRY_OBSERVATION_information_after_vmfail;

	information->values[PLACE_OF_ERROR] = observed->outcome.number;
	compare(EXIT_REASON, &information->reason, observation, observed);
	compare(EXIT_QUALIFICATION, &information->qualification, observation, observed);
	if (all)
		compare_all(information, observation, observed);
}

#define FAILED_ENTRY BIT(31)

void entry_information_after_failure(struct entry_information *information,
				     const struct exit *exit, bool all,
				     struct entry_observed *observed)
{
	const enum entry_observation observation = ENTRY_OBSERVATION_information_after_failed_entry;

	entry_compare(observed, ENTRY_OBSERVATION_reason_of_failed_entry, "EXIT_REASON",
		      exit->reason_field, observed->outcome.number | FAILED_ENTRY);
	information->reason = exit->reason_field;
	information->qualification = exit->qualification;
	if (all)
		compare_all(information, observation, observed);
}

void entry_information_after_success(struct entry_information *information,
				     const struct exit *exit)
{
	information->known = false;
	information->reason = exit->reason_field;
	information->qualification = exit->qualification;
}
