#include "vmx/exit.h"
#include "vmx/vmcs.h"

static void ept_violation_parts(struct exit *exit)
{
	exit->violation = ept_violation_decode(exit->qualification);
	exit->gpa = gpa(vmcs_read(GUEST_PHYSICAL_ADDRESS));
	exit->gla = gla(exit->violation.gla_valid ? vmcs_read(GUEST_LINEAR_ADDRESS) : 0);
}

void exit_decode(struct exit *exit)
{
	u64 reason = vmcs_read(EXIT_REASON);

	exit->reason = reason & BITS(15, 0);
	exit->entry_failed = reason & BIT(31);
	exit->timed_out = false;
	exit->qualification = vmcs_read(EXIT_QUALIFICATION);
	if (exit->reason == EXIT_ept_violation)
		ept_violation_parts(exit);
	else if (exit->reason == EXIT_ept_misconfig)
		exit->gpa = gpa(vmcs_read(GUEST_PHYSICAL_ADDRESS));
}

void exit_refuse(struct exit *exit, outcome_t outcome)
{
	bool valid = outcome >= FAIL_VALID(0) && outcome < FAULTED(0);

	*exit = (struct exit){ .reason = EXIT_REFUSED(valid ? outcome - FAIL_VALID(0) : 0) };
}

static const struct exit_row {
	u32 number;
	const char *name;
} exits[] = {
#define EXIT(number, name, text) { number, #name },
#include "vmx/exits.def"
#undef EXIT
};

static const struct exit_row *exit_row(u32 reason)
{
	for (size_t i = 0; i < COUNT(exits); i++)
		if (exits[i].number == reason)
			return &exits[i];
	return NULL;
}

const char *exit_name(u32 reason)
{
	const struct exit_row *row = exit_row(reason);

	return row ? row->name : NULL;
}
