/* ept_steps.c -- steps about EPT: its entries, its views, and what is cached of them */
#include "tests/player/ept_steps.h"

#include "kernel/string.h"
#include "tests/player/address_text.h"
#include "tests/player/guest_entry.h"
#include "tests/player/invalidation.h"
#include "tests/report/test.h"
#include "vmx/vmcs.h"

static const struct ept *view_of(const struct player *player, const struct script_step *step)
{
	return &player->views.view[step->view];
}

void player_remap(struct player *player, const struct script_step *step)
{
	player->over = !guest_memory_remap(&player->memory, view_of(player, step), step);
}

void player_split(struct player *player, const struct script_step *step)
{
	player->over = !guest_memory_split(&player->memory, view_of(player, step), step);
}

static const char *entry_result_text(enum guest_entry_result result)
{
	switch (result) {
	case GUEST_ENTRY_MISSING: return "is not there: the tables end above it";
	case GUEST_ENTRY_EMPTY:   return "leads nowhere, so it cannot allow anything";
	case GUEST_ENTRY_NO_TABLE: return "maps a page, which without bit 7 would be a table";
	case GUEST_ENTRY_CHANGED: break;
	}
	return "is changed";
}

static void entry_at_fault(struct player *player, const struct script_step *step,
			   enum ept_level level, enum guest_entry_result result)
{
	player_at_fault(player, "the %s entry for %#lx %s", ept_level_name(level), step->value,
			entry_result_text(result));
}

static enum guest_entry_result change_entry(struct player *player, const struct script_step *step)
{
	const struct ept *ept = view_of(player, step);
	gpa_t address = gpa(step->value);

	switch (step->kind) {
	case STEP_ENTRY_ALLOW:
		return guest_entry_change(ept, address, step->what, RWX, step->second);
	case STEP_ENTRY_SET:
		return guest_entry_change(ept, address, step->what, 0, step->second);
	default:
		return guest_entry_change(ept, address, step->what, step->second, 0);
	}
}

void player_edit_entry(struct player *player, const struct script_step *step)
{
	enum guest_entry_result result;

	if (step->kind != STEP_ENTRY_ALLOW && !guest_entry_takes(step->second)) {
		player->over = true;
		return;
	}
	result = change_entry(player, step);
	if (result != GUEST_ENTRY_CHANGED)
		entry_at_fault(player, step, step->what, result);
}

/* --- Accessed and dirty flags -------------------------------------------------------------- */

static const char *flags_text(u64 flags)
{
	static const char *const texts[] = { "none", "accessed", "dirty", "accessed|dirty" };

	return texts[flags & (SCRIPT_ACCESSED | SCRIPT_DIRTY)];
}

/* The entry whose flags a step is about; null after error() reported that there is none. */
static const u64 *entry_of_flags(struct player *player, const struct script_step *step)
{
	enum ept_level level = step->what >> 8;

	if (!level)
		level = guest_memory_level(&player->memory, step->value);
	const u64 *entry = guest_entry_find(view_of(player, step), gpa(step->value), level);
	if (!entry)
		entry_at_fault(player, step, level, GUEST_ENTRY_MISSING);
	return entry;
}

void player_check_flags(struct player *player, const struct script_step *step)
{
	const u64 *entry = entry_of_flags(player, step);
	char place[96];

	if (!entry)
		return;
	u64 found = (*entry & EPT_ACCESSED ? SCRIPT_ACCESSED : 0) |
		    (*entry & EPT_DIRTY ? SCRIPT_DIRTY : 0);
	if (((found ^ step->what) & ~step->second & (SCRIPT_ACCESSED | SCRIPT_DIRTY)) == 0)
		return;
	address_text(place, sizeof(place), player->script, step->value);
	player_wrong(player, "flags of %s%s%s are %s, expected %s",
		     step->what >> 8 ? ept_level_name(step->what >> 8) : "",
		     step->what >> 8 ? " entry for " : "", place, flags_text(found),
		     flags_text(step->what));
}

void player_clear_flags(struct player *player, const struct script_step *step)
{
	guest_memory_clear_flags(&player->memory, view_of(player, step), step);
}

/* --- Views --------------------------------------------------------------------------------- */

void player_check_view(struct player *player, const struct script_step *step)
{
	u32 current = guest_view_current(&player->views);

	if (current == player->views.count)
		player_wrong(player, "EPT_POINTER is %#lx, of no view, expected view %u",
			     vmcs_read(EPT_POINTER), step->view);
	else if (current != step->view)
		player_wrong(player, "view is %u, expected %u", current, step->view);
}

void player_write_eptp(struct player *player, const struct script_step *step)
{
	u64 eptp = guest_view_eptp(&player->views, step->view);

	memcpy(guest_memory_at(&player->memory, step->value, sizeof(eptp)), &eptp, sizeof(eptp));
}

/* --- Cached translations ------------------------------------------------------------------- */

static void invalidate_all(struct player *player)
{
	if (vm_invept())
		return;
	skip("needs INVEPT, which this processor does not offer");
	player->over = true;
}

static void expect_success(struct player *player, const char *instruction, outcome_t outcome)
{
	char text[96];

	if (outcome == SUCCEEDED)
		return;
	outcome_text(text, sizeof(text), outcome);
	player_wrong(player, "%s: %s", instruction, text);
}

void player_invalidate_ept(struct player *player, const struct script_step *step)
{
	struct invept_descriptor context = { .eptp = guest_view_eptp(&player->views, step->view) };

	if (step->what == 0)
		invalidate_all(player);
	else if (invept_is_offered(step->what))
		expect_success(player, "INVEPT", invept(step->what, &context));
	else
		player->over = true;
}

void player_invalidate_vpid(struct player *player, const struct script_step *step)
{
	enum invvpid_type type = step->what & ~SCRIPT_GIVEN_VPID;
	struct invvpid_descriptor context = { .vpid = step->second, .linear = step->value };

	if (!(step->what & SCRIPT_GIVEN_VPID))
		vmread(VIRTUAL_PROCESSOR_IDENTIFIER, &context.vpid);
	if (invvpid_is_offered(type))
		expect_success(player, "INVVPID", invvpid(type, &context));
	else
		player->over = true;
}
