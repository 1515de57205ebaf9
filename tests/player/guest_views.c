/* guest_views.c -- the EPT hierarchies of a scenario's guest */
#include "tests/player/guest_views.h"
#include "ept/eptp.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"
#include "vmx/vmcs.h"

static bool changes_entry(const struct script_step *step)
{
	return step->kind == STEP_ENTRY_ALLOW || step->kind == STEP_ENTRY_SET ||
	       step->kind == STEP_ENTRY_CLEAR;
}

/* Every EPTP with bit 6 that leads to a view comes from such a step, as those of the other views
 * take their lower bits from EPT_POINTER. */
static bool turns_flags_on(const struct script_step *step)
{
	return (step->kind == STEP_VMCS_VALUE || step->kind == STEP_VMCS_SET) &&
	       step->what == EPT_POINTER && step->value & EPTP_ACCESSED_DIRTY;
}

static bool has_a_step_that(bool (*does)(const struct script_step *), const struct script *script)
{
	const struct script_step *end = script->steps + script->header->step_count;

	for (const struct script_step *step = script->steps; step < end; step++)
		if (does(step))
			return true;
	return false;
}

/* Makes the views, from the last to view 0, in which the guest starts.  Each is used for a moment,
 * so that nothing is cached of an earlier VM's tables in the same memory. */
static void make_views(struct guest_views *views, struct vm *vm)
{
	for (u32 i = views->count; i-- > 0;) {
		views->view[i] = ept_copy(&vm->ept);
		vm_use_eptp(guest_view_eptp(views, i));
	}
	vm->ept = views->view[0];
}

void guest_views_start(struct guest_views *views, struct vm *vm, const struct script *script)
{
	enum guest_mode mode = script->header->mode;
	bool changes_entries = has_a_step_that(changes_entry, script);
	bool flags = has_a_step_that(turns_flags_on, script);

	if (changes_entries || flags)
		guest_paging_copy(mode, &vm->ept, flags ? RW : R);
	views->count = script->header->views;
	views->view[0] = vm->ept;
	if (views->count > 1 || changes_entries)
		make_views(views, vm);
}

static u64 root_of(const struct guest_views *views, u32 which)
{
	return (u64)views->view[which].root;
}

u64 guest_view_eptp(const struct guest_views *views, u32 which)
{
	return (vmcs_read(EPT_POINTER) & ~EPT_ADDRESS) | root_of(views, which);
}

u32 guest_view_of(const struct guest_views *views, u64 eptp)
{
	u32 which = 0;

	while (which < views->count && root_of(views, which) != (eptp & EPT_ADDRESS))
		which++;
	return which;
}

bool guest_view_confines(const struct guest_views *views, u64 eptp)
{
	u32 which = guest_view_of(views, eptp);

	if (which < views->count && views->view[which].top == eptp_top(eptp))
		return true;
	return !eptp_is_legal(vmx_capabilities.ept_vpid, vmx_capabilities.physical_width, eptp);
}

u32 guest_view_current(const struct guest_views *views)
{
	return guest_view_of(views, vmcs_read(EPT_POINTER));
}
