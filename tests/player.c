#include "tests/player.h"
#include "kernel/memory.h"
#include "kernel/print.h"
#include "kernel/string.h"
#include "tests/exit_log.h"
#include "tests/guest_entry.h"
#include "tests/guest_memory.h"
#include "tests/guest_views.h"
#include "tests/invalidation.h"
#include "tests/observable.h"
#include "tests/report.h"
#include "tests/test.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

#define EXITS_PER_SIGN_OF_LIFE 100000

struct player {
	const struct script *script;
	struct vm vm;
	u64 exits;
	struct guest_memory memory;
	struct guest_views views;
	const struct script_step *step;         /* being played */
	const struct script_step *loop;         /* the REPEAT that is open */
	u64 turns_left;
	bool mismatched;
	bool over;
};

__attribute__((format(printf, 2, 3)))
static void wrong(struct player *player, const char *format, ...)
{
	const struct script *script = player->script;
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	fail_at(script_text(script, script->header->source), player->step->line, "%s", text);
	player->mismatched = true;
}

/* The scenario itself cannot be played. */
__attribute__((format(printf, 2, 3)))
static void at_fault(struct player *player, const char *format, ...)
{
	const struct script *script = player->script;
	char text[160];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	error("%s:%u: %s", script_text(script, script->header->source), player->step->line, text);
	player->over = true;
}

/* --- Before the guest runs ----------------------------------------------------------------- */

static bool needs_are_met(const struct script *script)
{
	for (unsigned i = 0; i < 64; i++) {
		const struct capability_row *row = capability_row(i);

		if (!(script->header->needs & BIT(i)) || !row || capability_offered(i))
			continue;
		skip("needs %s: %s (%s) is 0; try %s", row->name, row->source, row->text,
		     row->remedy);
		return false;
	}
	return true;
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

/* The first exits in full, then a sign of life now and then. */
static void exit_note(const struct player *player)
{
	if (player->exits <= EXITS_SHOWN)
		exit_in_full(player);
	else if (player->exits % EXITS_PER_SIGN_OF_LIFE == 0)
		note("%lu exits so far", player->exits);
}

/* Whoever looks at the VM's EPT means the one the guest runs in. */
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
	player->exits++;
	report_totals.exits++;
	if (report_wants_notes())
		exit_note(player);
}

/* The guest stopped for another reason than the script says: the dialogue is over. */
static void end_on_other_exit(struct player *player, u32 expected)
{
	const char *found = exit_name(player->vm.exit.reason);

	if (player->vm.exit.timed_out)
		wrong(player, "the guest ran for %u ms without an exit, expected %s",
		      WATCHDOG_MILLISECONDS, exit_name(expected));
	else if (found)
		wrong(player, "exit is %s, expected %s", found, exit_name(expected));
	else
		wrong(player, "exit is %u, expected %s", player->vm.exit.reason,
		      exit_name(expected));
	player->over = true;
}

static void expect(struct player *player, const struct script_step *step)
{
	enter(player);
	if (player->vm.exit.reason != step->what)
		end_on_other_exit(player, step->what);
}

static void check(struct player *player, const struct script_step *step)
{
	u64 found = observable_read(&player->vm, &player->vm.exit, step->what);
	char is[64], should[64];

	if (((found ^ step->value) & ~step->second) == 0)
		return;
	observable_text(is, sizeof(is), step->what, found);
	observable_text(should, sizeof(should), step->what, step->value);
	wrong(player, "%s is %s, expected %s", observable_name(step->what), is, should);
}

static void check_vmcs(struct player *player, const struct script_step *step)
{
	const char *name = vmcs_field_name(step->what);
	u64 found;
	outcome_t outcome = vmread(step->what, &found);
	char text[96];

	outcome_text(text, sizeof(text), outcome);
	if (outcome != SUCCEEDED)
		wrong(player, "VMREAD of %s: %s", name, text);
	else if ((found ^ step->value) & ~step->second)
		wrong(player, "%s is %#lx, expected %#lx", name, found, step->value);
}

static void check_view(struct player *player, const struct script_step *step)
{
	u32 current = guest_view_current(&player->views);

	if (current == player->views.count)
		wrong(player, "EPT_POINTER is %#lx, of no view, expected view %u",
		      vmcs_read(EPT_POINTER), step->view);
	else if (current != step->view)
		wrong(player, "view is %u, expected %u", current, step->view);
}

static void holds(struct player *player, const struct script_step *step)
{
	const u8 *memory = guest_memory_at(&player->memory, step->value, step->what);
	char place[96];
	u64 found = 0;

	if (!memory) {
		wrong(player, "%#lx is in no page of the scenario", step->value);
		return;
	}
	memcpy(&found, memory, step->what);
	script_address_text(place, sizeof(place), player->script, step->value);
	if (found != step->second)
		wrong(player, "%s holds %#lx, expected %#lx", place, found, step->second);
}

static const char *flags_text(u64 flags)
{
	static const char *const texts[] = { "none", "accessed", "dirty", "accessed|dirty" };

	return texts[flags & (SCRIPT_ACCESSED | SCRIPT_DIRTY)];
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
	at_fault(player, "the %s entry for %#lx %s", ept_level_name(level), step->value,
		 entry_result_text(result));
}

static const struct ept *view_of(const struct player *player, const struct script_step *step)
{
	return &player->views.view[step->view];
}

/* Null after error() said that there is no such entry. */
static const u64 *looked_at_entry(struct player *player, const struct script_step *step)
{
	enum ept_level level = step->what >> 8;

	if (!level)
		level = guest_memory_level(&player->memory, step->value);
	const u64 *entry = guest_entry_find(view_of(player, step), gpa(step->value), level);
	if (!entry)
		entry_at_fault(player, step, level, GUEST_ENTRY_MISSING);
	return entry;
}

static void check_flags(struct player *player, const struct script_step *step)
{
	const u64 *entry = looked_at_entry(player, step);
	char place[96];

	if (!entry)
		return;
	u64 found = (*entry & EPT_ACCESSED ? SCRIPT_ACCESSED : 0) |
		    (*entry & EPT_DIRTY ? SCRIPT_DIRTY : 0);
	if (((found ^ step->what) & ~step->second & (SCRIPT_ACCESSED | SCRIPT_DIRTY)) == 0)
		return;
	script_address_text(place, sizeof(place), player->script, step->value);
	wrong(player, "flags of %s%s%s are %s, expected %s",
	      step->what >> 8 ? ept_level_name(step->what >> 8) : "",
	      step->what >> 8 ? " entry for " : "", place, flags_text(found),
	      flags_text(step->what));
}

static void write_vmcs(struct player *player, const struct script_step *step, u64 value)
{
	outcome_t outcome = vmwrite(step->what, value);
	char text[96];

	if (outcome != SUCCEEDED) {
		outcome_text(text, sizeof(text), outcome);
		wrong(player, "VMWRITE of %s: %s", vmcs_field_name(step->what), text);
	}
	if (step->what == PIN_BASED_CONTROLS && !watchdog_review())
		wrong(player, "nothing would stop an endless guest: there is no APIC timer");
}

static u64 host_address(const struct player *player, u64 address)
{
	return hpa_of(guest_memory_at(&player->memory, address, 1)).raw;
}

static void change_vmcs(struct player *player, const struct script_step *step)
{
	u64 now = 0;

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

static void clear_flags(struct player *player, const struct script_step *step)
{
	guest_memory_clear_flags(&player->memory, view_of(player, step), step);
}

static void write_eptp(struct player *player, const struct script_step *step)
{
	u64 eptp = guest_view_eptp(&player->views, step->view);

	memcpy(guest_memory_at(&player->memory, step->value, sizeof(eptp)), &eptp, sizeof(eptp));
}

static void write_host_address(struct player *player, const struct script_step *step)
{
	u64 address = host_address(player, step->second) | step->what;

	memcpy(guest_memory_at(&player->memory, step->value, sizeof(address)), &address,
	       sizeof(address));
}

static void remap(struct player *player, const struct script_step *step)
{
	player->over = !guest_memory_remap(&player->memory, view_of(player, step), step);
}

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
	wrong(player, "%s: %s", instruction, text);
}

static void invalidate_ept(struct player *player, const struct script_step *step)
{
	struct invept_descriptor context = { .eptp = guest_view_eptp(&player->views, step->view) };

	if (step->what == 0)
		invalidate_all(player);
	else if (invept_is_offered(step->what))
		expect_success(player, "INVEPT", invept(step->what, &context));
	else
		player->over = true;
}

static void invalidate_vpid(struct player *player, const struct script_step *step)
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

static void edit_entry(struct player *player, const struct script_step *step)
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

/* Expecting an exit is what enters the guest; everything else happens in between. */
static void play(struct player *player, const struct script_step *step)
{
	switch ((enum step)step->kind) {
	case STEP_VMCS_VALUE:
	case STEP_VMCS_SET:
	case STEP_VMCS_CLEAR:
	case STEP_VMCS_PAGE:
	case STEP_VMCS_VIEW:  change_vmcs(player, step); break;
	case STEP_SET:        observable_write(&player->vm, step->what, step->value); break;
	case STEP_EXPECT:     expect(player, step); break;
	case STEP_CHECK:      check(player, step); break;
	case STEP_CHECK_VMCS: check_vmcs(player, step); break;
	case STEP_HOLDS:      holds(player, step); break;
	case STEP_FLAGS:      check_flags(player, step); break;
	case STEP_CLEAR_FLAGS: clear_flags(player, step); break;
	case STEP_EPTP:       write_eptp(player, step); break;
	case STEP_HOST_PAGE:  write_host_address(player, step); break;
	case STEP_CHECK_VIEW: check_view(player, step); break;
	case STEP_REMAP:      remap(player, step); break;
	case STEP_ENTRY_ALLOW:
	case STEP_ENTRY_SET:
	case STEP_ENTRY_CLEAR: edit_entry(player, step); break;
	case STEP_INVEPT:     invalidate_ept(player, step); break;
	case STEP_INVVPID:    invalidate_vpid(player, step); break;
	case STEP_SKIP:       vm_skip_instruction(); break;
	case STEP_RESUME_AT:  vmcs_write(GUEST_RIP, step->value); break;
	case STEP_REPEAT:     begin_repeat(player, step); break;
	case STEP_END_REPEAT: end_repeat(player); break;
	case STEP_RESUME:     break;
	case STEP_FINISH:     player->over = true; break;
	}
}

static bool only_looks(const struct script_step *step)
{
	return step->kind == STEP_CHECK || step->kind == STEP_CHECK_VMCS ||
	       step->kind == STEP_HOLDS || step->kind == STEP_FLAGS ||
	       step->kind == STEP_CHECK_VIEW;
}

/* After one mismatch the rest of what was expected of this exit is still compared, but nothing is
 * answered any more. */
static void play_all(struct player *player)
{
	for (player->step = player->script->steps; !player->over; player->step++) {
		if (player->mismatched && !only_looks(player->step))
			break;
		play(player, player->step);
	}
	if (player->exits > EXITS_SHOWN)
		note("%lu more exits not shown", player->exits - EXITS_SHOWN);
}

void script_play(const struct script *script)
{
	struct player player = { .script = script };

	vmx_enter_operation();
	if (needs_are_met(script) && vm_is_started(&player) &&
	    guest_memory_start(&player.memory, &player.vm.ept, script)) {
		guest_views_start(&player.views, &player.vm, script);
		play_all(&player);
	}
	vm_end(&player.vm);
}
