/* state_checks.c -- steps about the processor: VMCS fields, observables, exits */
#include "tests/script/state_checks.h"

#include "tests/script/regions.h"
#include "vmx/vmcs.h"

static bool is_vmcs_field(u32 encoding)
{
	switch (encoding) {
#define VMCS(encoding, width, kind, name) case encoding:
#include "vmx/vmcs.def"
#undef VMCS
		return true;
	}
	return false;
}

/* Bits 11:10 of an encoding: 1 is VM-exit information
 * (SDM vol. 3, appendix "Field Encoding in VMCS"). */
static bool is_read_only(u32 encoding)
{
	return (encoding >> 10 & 3) == 1;
}

/* Bits 14:13 of an encoding: 1 is a width of 64 bits.  Fields of natural width have 3 there. */
static bool is_64_bit(u32 encoding)
{
	return (encoding >> 13 & 3) == 1;
}

static bool field_is_good(const struct check *check, u32 which, bool to_write)
{
	u32 encoding = check->steps[which].what;

	if (!is_vmcs_field(encoding))
		return refuse_step(check, which, "names VMCS field %#x, not in vmx/vmcs.def",
				   encoding);
	if (to_write && is_read_only(encoding))
		return refuse_step(check, which, "writes VMCS field %#x, VM-exit information",
				   encoding);
	return true;
}

static bool controls_are_good(const struct check *check, u32 which)
{
	u32 encoding = check->steps[which].what;

	switch (encoding) {
	case PIN_BASED_CONTROLS: case PRIMARY_CONTROLS: case SECONDARY_CONTROLS:
	case TERTIARY_CONTROLS: case ENTRY_CONTROLS: case EXIT_CONTROLS:
	case SECONDARY_EXIT_CONTROLS:
		return true;
	}
	return refuse_step(check, which, "asks for controls of VMCS field %#x, which has none",
			   encoding);
}

static bool vmcs_page_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!field_is_good(check, which, true))
		return false;
	if (!is_64_bit(step->what))
		return refuse_step(check, which, "writes an address to VMCS field %#x, "
				   "which is not of 64 bits", step->what);
	if (!script_region_starts_at(check, step->value))
		return refuse_step(check, which, "writes the address of %#lx, where no page starts",
				   step->value);
	return true;
}

static bool vmcs_view_is_good(const struct check *check, u32 which)
{
	u32 encoding = check->steps[which].what;

	return encoding == EPT_POINTER
		|| refuse_step(check, which, "writes a view to VMCS field %#x, not EPT_POINTER",
			       encoding);
}

static const char *observable_name_of(u32 number)
{
	switch (number) {
#define OBSERVABLE(number, name, settable, text) case number: return #name;
#include "tests/language/observables.def"
#undef OBSERVABLE
	}
	return NULL;
}

static bool is_settable(u32 number)
{
	switch (number) {
#define OBSERVABLE(number, name, settable, text) case number: return settable;
#include "tests/language/observables.def"
#undef OBSERVABLE
	}
	return false;
}

static bool observable_is_good(const struct check *check, u32 which, bool to_set)
{
	u32 number = check->steps[which].what;
	const char *name = observable_name_of(number);

	if (!name)
		return refuse_step(check, which, "names observable %u, not in observables.def",
				   number);
	if (to_set && !is_settable(number))
		return refuse_step(check, which, "sets %s, which only the processor does", name);
	return true;
}

static bool is_exit(u32 reason)
{
	switch (reason) {
#define EXIT(number, name, qualification, text) case number:
#include "vmx/exits.def"
#undef EXIT
		return true;
	}
	return false;
}

static bool exit_is_good(const struct check *check, u32 which)
{
	u32 reason = check->steps[which].what;

	return is_exit(reason)
		|| refuse_step(check, which, "expects exit %u, not in vmx/exits.def", reason);
}

static bool limit_is_good(const struct check *check, u32 which)
{
	u64 milliseconds = check->steps[which].value;

	return (milliseconds >= 1 && milliseconds <= SCRIPT_LONGEST_RUN)
		|| refuse_step(check, which, "lets the guest run for %lu ms, of 1 to %u",
			       milliseconds, SCRIPT_LONGEST_RUN);
}

static bool interrupt_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->what < SCRIPT_FIRST_VECTOR || step->what > SCRIPT_LAST_VECTOR)
		return refuse_step(check, which, "sends an interrupt of vector %#x, of %#x to %#x",
				   step->what, SCRIPT_FIRST_VECTOR, SCRIPT_LAST_VECTOR);
	return step->value <= SCRIPT_LONGEST_RUN
		|| refuse_step(check, which, "sends an interrupt after %lu ms, of 0 to %u",
			       step->value, SCRIPT_LONGEST_RUN);
}

static bool is_host_register(u32 number)
{
	switch (number) {
#define HOST_REGISTER(number, name, text) case number:
#include "tests/language/host_registers.def"
#undef HOST_REGISTER
		return true;
	}
	return false;
}

static bool host_is_good(const struct check *check, u32 which)
{
	u32 number = check->steps[which].what;

	return is_host_register(number)
		|| refuse_step(check, which, "names host register %u, not in host_registers.def",
			       number);
}

static bool host_msr_is_good(const struct check *check, u32 which)
{
	u64 msr = check->steps[which].value;

	return msr <= ~0u
		|| refuse_step(check, which, "names MSR %#lx, whose number has more than 32 bits",
			       msr);
}

bool script_state_step_is_good(const struct check *check, u32 which)
{
	switch (check->steps[which].kind) {
	case STEP_VMCS_VALUE:
	case STEP_VMCS_SET:
	case STEP_VMCS_CLEAR: return field_is_good(check, which, true);
	case STEP_CHECK_VMCS: return field_is_good(check, which, false);
	case STEP_VMCS_PAGE:  return vmcs_page_is_good(check, which);
	case STEP_VMCS_VIEW:  return vmcs_view_is_good(check, which);
	case STEP_SET:        return observable_is_good(check, which, true);
	case STEP_CHECK:      return observable_is_good(check, which, false);
	case STEP_MAY_RUN:    return limit_is_good(check, which);
	case STEP_CONTROLS:   return controls_are_good(check, which);
	case STEP_SEND_INTERRUPT: return interrupt_is_good(check, which);
	case STEP_HOST:       return host_is_good(check, which);
	case STEP_HOST_MSR:   return host_msr_is_good(check, which);
	case STEP_EXPECT:
	case STEP_OR_EXIT:
	case STEP_OTHER_EXIT: return exit_is_good(check, which);
	}
	return true;
}
