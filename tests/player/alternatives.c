/* alternatives.c -- which of the exits that may come has come */
#include "tests/player/alternatives.h"

#include "kernel/print.h"
#include "tests/player/host_state.h"
#include "tests/player/state_steps.h"
#include "vmx/exit.h"

/* The next step OR_EXIT of the same expectation; null if there is none. */
static const struct script_step *next_of(const struct script_step *step)
{
	do
		step++;
	while (script_step_describes_exit(step->kind));
	return step->kind == STEP_OR_EXIT ? step : NULL;
}

static bool agrees(const struct player *player, const struct script_step *step)
{
	switch (step->kind) {
	case STEP_CHECK:      return player_observable_agrees(player, step);
	case STEP_CHECK_VMCS: return player_vmcs_agrees(step);
	case STEP_HOST:       return player_host_agrees(step);
	default:              return guest_view_current(&player->views) == step->view;
	}
}

static bool all_agrees(const struct player *player, const struct script_step *alternative)
{
	const struct script_step *step = alternative + 1;

	while (script_step_describes_exit(step->kind) && agrees(player, step))
		step++;
	return !script_step_describes_exit(step->kind);
}

const struct script_step *alternative_of(const struct player *player,
					 const struct script_step *expect)
{
	const struct exit *exit = &player->vm.exit;
	const struct script_step *first = NULL;

	if (exit->timed_out)
		return NULL;
	if (!next_of(expect))
		return exit->reason == expect->what ? expect : NULL;
	for (const struct script_step *step = expect; step; step = next_of(step)) {
		if (exit->reason != step->what)
			continue;
		if (all_agrees(player, step))
			return step;
		first = first ? first : step;
	}
	return first;
}

const struct script_step *last_alternative(const struct script_step *step)
{
	while (step[1].kind == STEP_OR_EXIT || script_step_describes_exit(step[1].kind))
		step++;
	return step;
}

void alternatives_text(char *text, size_t size, const struct script_step *expect)
{
	size_t length = print_into(text, size, "%s", exit_name(expect->what));

	for (const struct script_step *step = expect; (step = next_of(step)) && length < size;)
		length += print_into(text + length, size - length, " or %s", exit_name(step->what));
}
