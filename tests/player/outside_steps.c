/* outside_steps.c -- steps about events that come to the guest from outside */
#include "tests/player/outside_steps.h"
#include "kernel/interrupts.h"
#include "kernel/signals.h"
#include "tests/report/test.h"
#include "vmx/pending_init.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

static void give_up(struct player *player, const char *needed)
{
	skip("needs %s", needed);
	player->over = true;
}

static void need_local_apic(struct player *player, bool sent)
{
	if (!sent)
		give_up(player, "a local APIC that is enabled or can be (IA32_APIC_BASE[11])");
}

static void send_later(struct player *player, const struct script_step *step)
{
	if (watchdog_by_apic)
		give_up(player, "the local APIC's timer, which has to stop endless guests here");
	else if (!signal_interrupt_later((u8)step->what, (u32)step->value))
		give_up(player, "a local APIC whose timer counts");
}

void player_send_interrupt(struct player *player, const struct script_step *step)
{
	watchdog_leave_vector((u8)step->what);
	player->interrupts = true;
	if (step->value)
		send_later(player, step);
	else
		need_local_apic(player, signal_interrupt((u8)step->what));
}

void player_send_nmi(struct player *player)
{
	need_local_apic(player, signal_nmi());
}

void player_send_init(struct player *player)
{
	player->init = true;
	need_local_apic(player, signal_init());
}

void player_end_interrupt(const struct player *player)
{
	struct interruption interruption;

	if (player->vm.exit.reason != EXIT_external_interrupt)
		return;
	interruption = interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION));
	if (interruption.valid && watchdog_leaves_vector(interruption.vector))
		interrupts_acknowledge(interruption.vector);
}

void player_take_events_back(const struct player *player)
{
	if (player->init)
		pending_init_take();
}
