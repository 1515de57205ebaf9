/* start_vmcs.h -- the VMCS that a VM starts with, in which every field is what the tables
 * start_state.def and start_fields.def say, or else 0 (SDM vol. 3, "Organization of VMCS Data")
 *
 * One VMCS serves all VMs, one after the other.  Most of its fields stay as they are from one VM to
 * the next, so that only those are written that a guest or a VM exit changes by itself; and where
 * something else wrote to it, all that can differ.
 */
#ifndef START_VMCS_H
#define START_VMCS_H

#include "vmx/mode.h"
#include "vmx/vmcs.h"

struct vm;

/* What the values in the tables depend on. */
struct vmcs_start {
	const struct vm *vm;
	enum guest_mode mode;
	const u32 *controls;                    /* of vm_controls_of() */
	const u8 *exit;                         /* where the kernel goes on after a VM exit */
	u64 entry, eptp;
};

/* Makes a VMCS current that is clear and has these values.  It is the one of all VMs, unless a VM
 * that has not ended has it: then it is one of its own. */
hpa_t vmcs_start(const struct vmcs_start *start);

/* VMCLEAR.  There is no current VMCS then, and the next VM may have this one. */
void vmcs_end(hpa_t region);

/* What the VMs did since the last call. */
struct vmcs_past {
	bool written;                           /* some VMCS has let a guest do more than usual */
	bool ports, msrs;                       /* it could reach some of these without an exit */
	bool virtual_nmis;                      /* blocking by these may outlive it */
};

/* Called when no VM lives any more.  A VMCS that was not ended is written anew for the next VM: a
 * test may have tried VMWRITE itself on it, which nothing notes. */
struct vmcs_past vmcs_forget(void);

/* The fields that exist on this processor and can be written; known since the first VM. */
const struct vmcs_set *vmcs_fields(void);

#endif
