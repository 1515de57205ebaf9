/* exit.c -- the names of exit reasons; a refused entry, described like an exit */
#include "vmx/exit.h"
#include "kernel/string.h"

void exit_refuse(struct exit *exit, outcome_t outcome)
{
	bool valid = outcome >= FAIL_VALID(0) && outcome < FAULTED(0);

	*exit = (struct exit){ .reason_field = EXIT_REFUSED(valid ? outcome - FAIL_VALID(0) : 0) };
}

bool exit_before_guest_ran(const struct exit *exit)
{
	return exit->reason >= EXIT_REFUSED(0) || exit_of_failed_entry(exit);
}

static const u16 numbers[] = {
#define EXIT(number, name, qualification, text) number,
#include "vmx/exits.def"
#undef EXIT
};

static const char names[] =
#define EXIT(number, name, qualification, text) #name "\0"
#include "vmx/exits.def"
#undef EXIT
	;

const char *exit_name(u32 reason)
{
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (numbers[i] == reason)
			return string_at(names, i);
	return NULL;
}
