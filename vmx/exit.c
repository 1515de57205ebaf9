#include "vmx/exit.h"

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
