/* needs.c -- whether this processor is one that a scenario is for */
#include "tests/player/needs.h"
#include "kernel/print.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

static void tell_lacking(const struct capability_row *row, char *reason)
{
	print_into(reason, NEEDS_REASON_SIZE, "needs %s: %s (%s) is 0; try %s", row->name,
		   row->source, row->text, row->remedy);
}

static void tell_unwanted(const struct capability_row *row, char *reason)
{
	print_into(reason, NEEDS_REASON_SIZE, "needs no %s: %s (%s) is 1; try a processor without",
		   row->name, row->source, row->text);
}

static bool capabilities_are_met(const struct script_header *header, char *reason)
{
	for (unsigned i = 0; i < CAPABILITIES; i++) {
		u64 bit = BIT(i % 64);

		if (header->needs[i / 64] & bit && !capability_offered(i))
			return tell_lacking(capability_row(i), reason), false;
		if (header->needs_no[i / 64] & bit && capability_offered(i))
			return tell_unwanted(capability_row(i), reason), false;
	}
	return true;
}

/* --- Controls that the script names -------------------------------------------------------- */

static enum control_word word_of(enum vmcs_field field)
{
	switch (field) {
	case PIN_BASED_CONTROLS: return PIN_BASED;
	case PRIMARY_CONTROLS:   return PRIMARY;
	case SECONDARY_CONTROLS: return SECONDARY;
	case TERTIARY_CONTROLS:  return TERTIARY;
	case EXIT_CONTROLS:      return VM_EXIT;
	case ENTRY_CONTROLS:     return VM_ENTRY;
	default:                 return SECONDARY_VM_EXIT;
	}
}

static void tell_not_offered(enum control_word word, unsigned bit, char *reason)
{
	unsigned capability = capability_of_control(word, bit);

	if (capability < CAPABILITIES)
		tell_lacking(capability_row(capability), reason);
	else
		print_into(reason, NEEDS_REASON_SIZE, "needs %s, which this processor does not "
			   "offer", control_name(word, bit));
}

static bool controls_are_met(const struct script_step *step, char *reason)
{
	enum control_word word = word_of(step->what);
	struct control_limits limits = control_limits(word);
	u64 refused = step->value & ~(u64)limits.may_be_one;
	u64 kept = step->second & limits.must_be_one;

	if (refused)
		tell_not_offered(word, (unsigned)__builtin_ctzl(refused), reason);
	else if (kept)
		print_into(reason, NEEDS_REASON_SIZE, "needs %s to be 0, which this processor does "
			   "not offer", control_name(word, (unsigned)__builtin_ctzl(kept)));
	return !refused && !kept;
}

bool script_needs_are_met(const struct script *script, char reason[NEEDS_REASON_SIZE])
{
	const struct script_step *end = script->steps + script->header->step_count;

	for (const struct script_step *step = script->steps; step < end; step++)
		if (step->kind == STEP_CONTROLS && !controls_are_met(step, reason))
			return false;
	return capabilities_are_met(script->header, reason);
}
