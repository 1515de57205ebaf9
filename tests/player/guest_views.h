/* guest_views.h -- the EPT hierarchies of a scenario's guest: several views of the same pages
 * (SDM vol. 3, "EPT Translation Mechanism", "EPTP Switching")
 */
#ifndef GUEST_VIEWS_H
#define GUEST_VIEWS_H

#include "tests/script/script.h"
#include "vmx/vm.h"

struct guest_views {
	u32 count;
	struct ept view[SCRIPT_MOST_VIEWS];
};

/* Makes as many views as the script says, each of what the VM has mapped so far; the VM goes on in
 * view 0.  If there are several, or the script changes single entries, each view has tables of its
 * own; else the one view is the VM's EPT, whose tables are partly shared by all VMs.
 *
 * The guest paging structures are shared by all VMs as well, unless the script could let the guest
 * write to them: by changing single entries, or by accessed and dirty flags, with which walks are
 * writes.  Then the VM has copies of them, in all views. */
void guest_views_start(struct guest_views *views, struct vm *vm, const struct script *script);

/* An EPTP for the view.  All but the address (memory type, page-walk length, accessed and dirty
 * flags) is that of the EPTP in the current VMCS, legal or not. */
u64 guest_view_eptp(const struct guest_views *views, u32 which);

/* The view that an EPTP leads to; views->count if it is none of them. */
u32 guest_view_of(const struct guest_views *views, u64 eptp);

/* Whether a guest with this EPTP stays in the engine's tables: it leads to a view, of as many
 * levels as the view has, or the processor does not take it. */
bool guest_view_confines(const struct guest_views *views, u64 eptp);

/* The same as guest_view_of() of EPT_POINTER in the current VMCS. */
u32 guest_view_current(const struct guest_views *views);

#endif
