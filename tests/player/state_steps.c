/* state_steps.c -- steps about the guest's state: observables, VMCS fields, bytes of memory */
#include "tests/player/state_steps.h"

#include "kernel/interrupts.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/player/address_text.h"
#include "tests/player/observable.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

/* Whether a value is as CHECK or CHECK_VMCS wants it. */
static bool is_as_expected(const struct script_step *step, u64 found)
{
	return ((found ^ step->value) & ~step->second) == 0;
}

bool player_observable_agrees(const struct player *player, const struct script_step *step)
{
	return is_as_expected(step, observable_read(&player->vm, &player->vm.exit, step->what));
}

bool player_vmcs_agrees(const struct script_step *step)
{
	u64 found;

	return vmread(step->what, &found) == SUCCEEDED && is_as_expected(step, found);
}

void player_check_observable(struct player *player, const struct script_step *step)
{
	u64 found = observable_read(&player->vm, &player->vm.exit, step->what);
	char is[64], should[64];

	if (is_as_expected(step, found))
		return;
	observable_text(is, sizeof(is), step->what, found);
	observable_text(should, sizeof(should), step->what, step->value);
	player_wrong(player, "%s is %s, expected %s", observable_name(step->what), is, should);
}

/* --- VMCS fields --------------------------------------------------------------------------- */

void player_check_vmcs(struct player *player, const struct script_step *step)
{
	const char *name = vmcs_field_name(step->what);
	u64 found;
	outcome_t outcome = vmread(step->what, &found);
	char text[96];

	outcome_text(text, sizeof(text), outcome);
	if (outcome != SUCCEEDED)
		player_wrong(player, "VMREAD of %s: %s", name, text);
	else if (!is_as_expected(step, found))
		player_wrong(player, "%s is %#lx, expected %#lx", name, found, step->value);
}

static u64 host_address(const struct player *player, u64 address)
{
	return hpa_of(guest_memory_at(&player->memory, address, 1)).raw;
}

static void write_vmcs(struct player *player, const struct script_step *step, u64 value)
{
	outcome_t outcome = vmcs_try_write(step->what, value);
	char text[96];

	if (outcome != SUCCEEDED) {
		outcome_text(text, sizeof(text), outcome);
		player_wrong(player, "VMWRITE of %s: %s", vmcs_field_name(step->what), text);
	}
}

/* --- What stops an endless guest ----------------------------------------------------------- */

static bool preemption_timer_is_usable(void)
{
	return capability_offered(CAPABILITY_preemption_timer) && !vmx_capabilities.timer_erratum;
}

static void need_watchdog(struct player *player, bool usable)
{
	if (usable)
		return;
	if (!preemption_timer_is_usable())
		skip("needs a VMX-preemption timer that can be trusted, to stop an endless guest");
	else if (!interrupts_start())
		skip("needs a local APIC, whose timer has to stop an endless guest");
	else
		player_wrong(player, "nothing would stop an endless guest: there is no APIC timer, "
			     "or external interrupts do not exit");
	player->over = true;
}

void player_limit_run(struct player *player, const struct script_step *step)
{
	need_watchdog(player, watchdog_limit((u32)step->value));
}

/* Whether a step that writes to the VMCS says anything about the VMX-preemption timer. */
static bool is_about_timer(const struct script_step *step)
{
	switch (step->what) {
	case VMX_PREEMPTION_TIMER_VALUE: return true;
	case PIN_BASED_CONTROLS: return step->value & PIN_BASED_activate_preemption_timer;
	case EXIT_CONTROLS:      return step->value & VM_EXIT_save_preemption_timer;
	default:                 return false;
	}
}

static void change_vmcs(struct player *player, const struct script_step *step)
{
	u64 now = 0;

	player->confined = false;
	if (step->kind == STEP_VMCS_SET || step->kind == STEP_VMCS_CLEAR)
		vmread(step->what, &now);
	switch (step->kind) {
	case STEP_VMCS_VALUE: write_vmcs(player, step, step->value); break;
	case STEP_VMCS_SET:   write_vmcs(player, step, now | step->value); break;
	case STEP_VMCS_CLEAR: write_vmcs(player, step, now & ~step->value); break;
	case STEP_VMCS_PAGE:  write_vmcs(player, step, host_address(player, step->value)); break;
	case STEP_VMCS_VIEW:
		write_vmcs(player, step, guest_view_eptp(&player->views, step->view));
		break;
	}
}

/* What the step says of the timer is written after the timer has become the scenario's. */
void player_change_vmcs(struct player *player, const struct script_step *step)
{
	bool about_timer = is_about_timer(step);

	if (about_timer)
		watchdog_leave_timer();
	change_vmcs(player, step);
	if (about_timer || step->what == PIN_BASED_CONTROLS)
		need_watchdog(player, watchdog_review());
}

/* --- Memory -------------------------------------------------------------------------------- */

void player_holds(struct player *player, const struct script_step *step)
{
	const u8 *memory = guest_memory_at(&player->memory, step->value, step->what);
	char place[96];
	u64 found = 0;

	if (!memory) {
		player_wrong(player, "%#lx is in no page of the scenario", step->value);
		return;
	}
	memcpy(&found, memory, step->what);
	address_text(place, sizeof(place), player->script, step->value);
	if (found != step->second)
		player_wrong(player, "%s holds %#lx, expected %#lx", place, found, step->second);
}

void player_write(struct player *player, const struct script_step *step)
{
	memcpy(guest_memory_at(&player->memory, step->value, step->what), &step->second,
	       step->what);
}

/* Bits 30:0 of IA32_VMX_BASIC (SDM vol. 3, "Basic VMX Information"). */
void player_write_revision(struct player *player, const struct script_step *step)
{
	u32 revision = (u32)((vmx_capabilities.basic & BITS(30, 0)) ^ step->second);

	memcpy(guest_memory_at(&player->memory, step->value, sizeof(revision)), &revision,
	       sizeof(revision));
}

void player_write_host_address(struct player *player, const struct script_step *step)
{
	u64 address = host_address(player, step->second) | step->what;

	memcpy(guest_memory_at(&player->memory, step->value, sizeof(address)), &address,
	       sizeof(address));
}
