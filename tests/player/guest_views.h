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

/* As many views as the script says of what the VM has mapped so far, which goes on in view 0.  If
 * there are several, or the script changes single entries, they share no table with anybody. */
void guest_views_start(struct guest_views *views, struct vm *vm, const struct script *script);

/* An EPTP for the view with the flags of the one in the current VMCS, legal or not: memory type,
 * page-walk length, accessed and dirty flags. */
u64 guest_view_eptp(const struct guest_views *views, u32 which);

/* The view that EPT_POINTER of the current VMCS leads to; views->count if it is none of them. */
u32 guest_view_current(const struct guest_views *views);

#endif
