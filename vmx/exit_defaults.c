/* exit_defaults.c -- what each VM exit leaves in the VMCS where its cause does not say otherwise */
#include "vmx/exit_defaults.h"

#include "kernel/exceptions.h"
#include "kernel/print.h"
#include "vmx/capabilities.h"

#define VALID BIT(31)                           /* of interruption information */

/* Of the exit reason: set for a VM entry that failed. */
#define FAILED_ENTRY BIT(31)

/* These bits of the exit reason are reserved, or set by VM exits to SMM alone.  Bits 27:25 are not
 * among them: they tell of enclaves, bus locks and shadow stacks. */
#define REASON_CLEARED (BITS(24, 16) | BITS(30, 28))

enum qualification_use { USE_cleared, USE_saved, USE_by_event, USE_untouched };

static const struct {
	enum vmcs_field field;
	u64 bits;                               /* that the SDM says something about */
	const char *name, *unless;
} defaults[EXIT_DEFAULTS] = {
	[DEFAULT_REASON] = {
		EXIT_REASON, REASON_CLEARED | FAILED_ENTRY, "EXIT_REASON", "" },
	[DEFAULT_QUALIFICATION] = {
		EXIT_QUALIFICATION, ~0ul, "qualification", "" },
	[DEFAULT_INTERRUPTION] = {
		EXIT_INTERRUPTION_INFORMATION, VALID, "EXIT_INTERRUPTION_INFORMATION", "" },
	[DEFAULT_IDT_VECTORING] = {
		IDT_VECTORING_INFORMATION, VALID, "IDT_VECTORING_INFORMATION",
		" unless an event was being delivered" },
	[DEFAULT_ENTRY_INTERRUPTION] = {
		ENTRY_INTERRUPTION_INFORMATION, VALID, "ENTRY_INTERRUPTION_INFORMATION", "" },
};

enum vmcs_field exit_default_field(enum exit_default which)
{
	return defaults[which].field;
}

static u64 field_read(enum vmcs_field field)
{
	u64 value;

	if (vmread(field, &value) != SUCCEEDED)
		vmcs_read_refused(field);
	return value;
}

static enum qualification_use qualification_use(u16 reason)
{
	switch (reason) {
#define EXIT(number, name, qualification, text) case number: return USE_##qualification;
#include "vmx/exits.def"
#undef EXIT
	}
	return USE_saved;                       /* a newer reason than those of the table */
}

/* Debug exceptions and page faults save a qualification.  Two events are left open, as extensions
 * give them one: an NMI, which can name its source, and #NM, if IA32_XFD disabled the feature. */
static bool event_clears_qualification(void)
{
	struct interruption event =
		interruption_decode(field_read(EXIT_INTERRUPTION_INFORMATION));

	return event.type != EVENT_nmi && event.vector != VECTOR_DB &&
	       event.vector != VECTOR_PF && event.vector != VECTOR_NM;
}

static bool clears_qualification(u16 reason)
{
	enum qualification_use use = qualification_use(reason);

	return use == USE_cleared || (use == USE_by_event && event_clears_qualification());
}

/* Whether the exit is by an event that interruption information describes. */
static bool describes_event(u16 reason)
{
	if (reason == EXIT_external_interrupt)
		return field_read(EXIT_CONTROLS) & VM_EXIT_acknowledge_interrupt;
	return reason == EXIT_exception_or_nmi;
}

static bool is_failed_entry(u16 reason)
{
	return reason == EXIT_invalid_guest_state || reason == EXIT_msr_loading ||
	       reason == EXIT_machine_check_entry;
}

/* Whether the SDM says what the field holds after the exit. */
static bool is_defined(u16 reason, enum exit_default which)
{
	if (qualification_use(reason) == USE_untouched)
		return false;
	if (is_failed_entry(reason))
		return which == DEFAULT_REASON;
	return which != DEFAULT_QUALIFICATION || clears_qualification(reason);
}

/* The bits of the field that the exit sets, of those that the SDM says something about. */
static u64 bits_set(u16 reason, enum exit_default which)
{
	if (which == DEFAULT_REASON)
		return is_failed_entry(reason) ? FAILED_ENTRY : 0;
	return which == DEFAULT_INTERRUPTION && describes_event(reason) ? VALID : 0;
}

/* What has been read of the field when the exit was decoded is not read again. */
static u64 value_after(const struct exit *exit, enum exit_default which)
{
	switch (which) {
	case DEFAULT_REASON:        return exit->reason_field;
	case DEFAULT_QUALIFICATION: return exit->qualification;
	default:                    return field_read(defaults[which].field);
	}
}

static void say(struct text *line, const struct exit *exit, enum exit_default which, u64 value,
		u64 wrong)
{
	unsigned bit = 63 - (unsigned)__builtin_clzl(wrong);
	const char *does = value >> bit & 1 ? "clears" : "sets";

	text_add(line, "%s is %#lx, but the SDM %s ", defaults[which].name, value, does);
	if (defaults[which].bits == ~0ul)
		text_add(line, "it");
	else
		text_add(line, "its bit %u", bit);
	text_add(line, " for %s%s", exit_name(exit->reason), defaults[which].unless);
}

bool exit_default_holds(const struct exit *exit, enum exit_default which, char *text, size_t size)
{
	u64 value, wrong;

	if (!is_defined(exit->reason, which))
		return true;
	value = value_after(exit, which);
	wrong = (value ^ bits_set(exit->reason, which)) & defaults[which].bits;
	if (wrong)
		say(&(struct text){ .start = text, .size = size }, exit, which, value, wrong);
	return !wrong;
}
