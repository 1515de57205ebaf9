/* guest_views.c -- the EPT hierarchies of a scenario's guest */
#include "tests/player/guest_views.h"
#include "vmx/vmcs.h"

static bool changes_entries(const struct script *script)
{
	const struct script_header *header = script->header;

	for (const struct script_step *step = script->steps;
	     step < script->steps + header->step_count; step++)
		if (step->kind == STEP_ENTRY_ALLOW || step->kind == STEP_ENTRY_SET ||
		    step->kind == STEP_ENTRY_CLEAR)
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
	views->count = script->header->views;
	views->view[0] = vm->ept;
	if (views->count > 1 || changes_entries(script))
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

u32 guest_view_current(const struct guest_views *views)
{
	u64 root = vmcs_read(EPT_POINTER) & EPT_ADDRESS;
	u32 which = 0;

	while (which < views->count && root_of(views, which) != root)
		which++;
	return which;
}
