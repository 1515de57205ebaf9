/* unspoken.c -- what the SDM says of each exit, compared where the scenario does not speak of it */
#include "tests/player/unspoken.h"

#include "vmx/exit_defaults.h"

static bool speaks_of(const struct script_step *step, enum vmcs_field field)
{
	if (step->kind == STEP_CHECK)
		return step->what == OBSERVABLE_qualification && field == EXIT_QUALIFICATION;
	return step->kind == STEP_CHECK_VMCS && step->what == field;
}

static bool is_spoken_of(const struct script_step *expect, enum vmcs_field field)
{
	const struct script_step *step = expect + 1;

	for (; script_step_describes_exit(step->kind); step++)
		if (speaks_of(step, field))
			return true;
	return false;
}

void player_check_unspoken(struct player *player)
{
	char text[160];

	for (enum exit_default which = 0; which < EXIT_DEFAULTS; which++)
		if (!is_spoken_of(player->step, exit_default_field(which)) &&
		    !exit_default_holds(&player->vm.exit, which, text, sizeof(text)))
			player_wrong(player, "%s", text);
}
