/* play.c -- plays a scenario step by step */
#include "tests/player/play.h"
#include "tests/player/alternatives.h"
#include "tests/player/confinement.h"
#include "tests/player/entry_log.h"
#include "tests/player/ept_steps.h"
#include "tests/player/exit_log.h"
#include "tests/player/host_state.h"
#include "tests/player/needs.h"
#include "tests/player/observable.h"
#include "tests/player/outside_steps.h"
#include "tests/player/root.h"
#include "tests/player/skip.h"
#include "tests/player/state_steps.h"
#include "tests/player/unspoken.h"
#include "tests/report/report.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

#define EXITS_PER_COUNT 100000

/* --- Before the guest runs ----------------------------------------------------------------- */

static bool needs_are_met(const struct script *script)
{
	char reason[NEEDS_REASON_SIZE];
	bool met = script_needs_are_met(script, reason);

	if (!met)
		skip("%s", reason);
	return met;
}

static bool vm_is_started(struct player *player)
{
	const struct script_header *header = player->script->header;
	const char *refused = vm_start(&player->vm, header->mode, header->entry);

	if (refused)
		skip("needs %s, which this processor does not offer", refused);
	return !refused;
}

/* --- While it runs ------------------------------------------------------------------------- */

static void exit_in_full(const struct player *player)
{
	const struct guest_views *views = &player->views;
	u32 view = guest_view_current(views);

	exit_log(player->script, &player->vm, &player->vm.exit, player->exits);
	if (views->count > 1 && view < views->count)
		note("  in view %u", view);
	else if (views->count > 1)
		note("  in no view: EPT_POINTER is %#lx", vmcs_read(EPT_POINTER));
}

/* Shows the first exits in full, and from then on only how many there were so far. */
static void exit_note(const struct player *player)
{
	if (player->exits <= EXITS_SHOWN)
		exit_in_full(player);
	else if (player->exits % EXITS_PER_COUNT == 0)
		note("%lu exits so far", player->exits);
}

/* Makes vm.ept the EPT that the guest runs in: a guest may change its view by itself, by VMFUNC. */
static void follow_view(struct player *player)
{
	const struct guest_views *views = &player->views;
	u32 view = views->count > 1 ? guest_view_current(views) : 0;

	if (view < views->count)
		player->vm.ept = views->view[view];
}

static void enter(struct player *player)
{
	vm_run(&player->vm);
	follow_view(player);
	if (player->interrupts)
		player_end_interrupt(player);
	player->exits++;
	report_totals.exits++;
	if (report_wants_notes())
		exit_note(player);
}

/* The guest exited for another reason than the script expects, which cannot go on from there. */
static void end_on_other_exit(struct player *player, const struct script_step *step)
{
	const char *found = exit_name(player->vm.exit.reason);
	char expected[96];

	alternatives_text(expected, sizeof(expected), step);
	if (player->vm.exit.timed_out)
		player_wrong(player, "the guest ran for %u ms without an exit, expected %s",
			     watchdog_milliseconds(), expected);
	else if (found)
		player_wrong(player, "exit is %s, expected %s", found, expected);
	else
		player_wrong(player, "exit is %u, expected %s", player->vm.exit.reason, expected);
	entry_log(&player->vm.exit);
	player->over = true;
}

/* What is expected of the entry is not compared.  One that has to be refused is not tried, as it
 * would change nothing that the next entry looks at. */
static void rehearse_entry(struct player *player, const struct script_step *step)
{
	player->witness(player, step);
	if (exit_is_of_entry(step->what))
		return;
	vm_run(&player->vm);
	follow_view(player);
	player->over = !alternative_of(player, step);
}

static void expect(struct player *player, const struct script_step *step)
{
	if (!player_is_confined(player))
		return;
	if (player->witness) {
		rehearse_entry(player, step);
		return;
	}
	enter(player);
	const struct script_step *found = alternative_of(player, step);
	if (!found) {
		end_on_other_exit(player, step);
		return;
	}
	player->step = found;
	player_check_unspoken(player);
}

/* A scenario without its twist ends here.  A VM entry that fails, and a guest that runs on without
 * an exit, are not what the twist is for. */
static void expect_other(struct player *player, const struct script_step *step)
{
	const struct exit *exit = &player->vm.exit;

	player->over = true;
	if (player->witness) {
		player->witness(player, step);
		return;
	}
	enter(player);
	if (exit->timed_out)
		player_wrong(player, "the guest ran for %u ms without an exit",
			     watchdog_milliseconds());
	else if (alternative_of(player, step))
		player_wrong(player, "exit is %s without the twist as well",
			     exit_name(exit->reason));
	else if (exit_before_guest_ran(exit))
		player_wrong(player, "exit is %s, expected a VM entry that succeeds",
			     exit_name(exit->reason));
	entry_log(exit);
}

static void begin_repeat(struct player *player, const struct script_step *step)
{
	player->loop = step;
	player->turns_left = step->value;
}

static void end_repeat(struct player *player)
{
	if (--player->turns_left)
		player->step = player->loop;
}

/* Steps about guest memory and its EPT entries. */
static void play_on_memory(struct player *player, const struct script_step *step)
{
	switch ((enum step)step->kind) {
	case STEP_HOLDS:       player_holds(player, step); break;
	case STEP_FLAGS:       player_check_flags(player, step); break;
	case STEP_CLEAR_FLAGS: player_clear_flags(player, step); break;
	case STEP_EPTP:        player_write_eptp(player, step); break;
	case STEP_HOST_PAGE:   player_write_host_address(player, step); break;
	case STEP_WRITE:       player_write(player, step); break;
	case STEP_REVISION:    player_write_revision(player, step); break;
	case STEP_REMAP:       player_remap(player, step); break;
	case STEP_SPLIT:       player_split(player, step); break;
	case STEP_ENTRY_ALLOW:
	case STEP_ENTRY_SET:
	case STEP_ENTRY_CLEAR: player_edit_entry(player, step); break;
	case STEP_INVEPT:      player_invalidate_ept(player, step); break;
	case STEP_INVVPID:     player_invalidate_vpid(player, step); break;
	default:               break;
	}
}

/* EXPECT enters the guest and ends with its exit; all other steps are played between two exits. */
static void play(struct player *player, const struct script_step *step)
{
	switch ((enum step)step->kind) {
	case STEP_VMCS_VALUE:
	case STEP_VMCS_SET:
	case STEP_VMCS_CLEAR:
	case STEP_VMCS_PAGE:
	case STEP_VMCS_VIEW:  player_change_vmcs(player, step); break;
	case STEP_SET:        observable_write(&player->vm, step->what, step->value); break;
	case STEP_MAY_RUN:    player_limit_run(player, step); break;
	case STEP_SEND_INTERRUPT: player_send_interrupt(player, step); break;
	case STEP_SEND_NMI:   player_send_nmi(player); break;
	case STEP_SEND_INIT:  player_send_init(player); break;
	case STEP_EXPECT:     expect(player, step); break;
	case STEP_OTHER_EXIT: expect_other(player, step); break;
	case STEP_OR_EXIT:    player->step = last_alternative(step); break;
	case STEP_CHECK:      player_check_observable(player, step); break;
	case STEP_CHECK_VMCS: player_check_vmcs(player, step); break;
	case STEP_CHECK_VIEW: player_check_view(player, step); break;
	case STEP_HOST:       player_check_host(player, step); break;
	case STEP_HOST_MSR:   player_check_host_msr(player, step); break;
	case STEP_SKIP:       skip_completed(); break;
	case STEP_RESUME_AT:  vmcs_write(GUEST_RIP, step->value); break;
	case STEP_REPEAT:     begin_repeat(player, step); break;
	case STEP_END_REPEAT: end_repeat(player); break;
	case STEP_ROOT:
	case STEP_OUTCOME:
	case STEP_RESULT:
	case STEP_STORED:     root_play(player, step); break;
	case STEP_CONTROLS:                     /* asked for before the guest ran (needs.h) */
	case STEP_RESUME:     break;
	case STEP_FINISH:     player->over = true; break;
	default:              play_on_memory(player, step); break;
	}
}

static bool only_compares(const struct script_step *step)
{
	return script_step_describes_exit(step->kind) || step->kind == STEP_OR_EXIT ||
	       step->kind == STEP_HOST_MSR || step->kind == STEP_HOLDS ||
	       step->kind == STEP_FLAGS;
}

/* After a mismatch the rest of what the author expects of this exit is still compared, but the exit
 * is not answered any more. */
static void play_all(struct player *player)
{
	for (player->step = player->script->steps; !player->over; player->step++) {
		bool compares = only_compares(player->step);

		if (player->mismatched && !compares)
			break;
		if (!(player->witness && compares))
			play(player, player->step);
	}
	if (player->exits > EXITS_SHOWN)
		note("%lu more exits not shown", player->exits - EXITS_SHOWN);
}

static void play_without_guest(struct player *player)
{
	const struct script *script = player->script;

	if (!needs_are_met(script) || !guest_memory_start(&player->memory, NULL, script))
		return;
	root_start();
	play_all(player);
	root_end(player);
}

static void play_script(struct player *player)
{
	const struct script *script = player->script;

	vmx_enter_operation();
	if (needs_are_met(script) && vm_is_started(player) &&
	    guest_memory_start(&player->memory, &player->vm.ept, script)) {
		guest_views_start(&player->views, &player->vm, script);
		player_watch_host(script);
		play_all(player);
	}
	vm_end(&player->vm);
	player_take_events_back(player);
}

void script_play(const struct script *script)
{
	struct player player = { .script = script };

	if (script->header->mode == SCRIPT_NO_GUEST)
		play_without_guest(&player);
	else
		play_script(&player);
}

void script_rehearse(const struct script *script, script_witness_t *witness, void *context)
{
	struct player player = { .script = script, .witness = witness, .context = context };

	if (script->header->mode != SCRIPT_NO_GUEST)
		play_script(&player);
}
