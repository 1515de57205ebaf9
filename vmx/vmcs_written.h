/* vmcs_written.h -- what was written to VMCSs beside what each VM starts with, so that the next VM,
 * and the next test, find nothing of it (vmx/start_vmcs.h, vmx/machine_restore.h)
 */
#ifndef VMCS_WRITTEN_H
#define VMCS_WRITTEN_H

#include "vmx/vmcs_field.h"

extern struct vmcs_written {
	struct vmcs_set fields;
	bool ports;                             /* not all accesses to ports exited */
	bool msrs;                              /* not all writes of MSRs exited, or lists held some */
} vmcs_written;

/* Whether the field is written for each VM, whatever happened to it before.  Meant for constants:
 * nothing of it is left then. */
static inline bool vmcs_is_written_for_each_vm(enum vmcs_field field)
{
	switch (field) {
#define START(name, ...) case name:
#include "vmx/start_state.def"
#undef START
#define EACH(name, value, text) case name:
#define KEPT(...)
#include "vmx/start_fields.def"
#undef EACH
#undef KEPT
		return true;
	default:
		return false;
	}
}

/* Notes in `ports` and `msrs` what such a value lets a guest do. */
void vmcs_written_judge(enum vmcs_field field, u64 value);

/* Called before a VMWRITE that a VM's start does not do.  It costs nothing for the fields that a
 * guest's next entry needs most, like GUEST_RIP, and little for other constants. */
static inline void vmcs_written_note(enum vmcs_field field, u64 value)
{
	if (__builtin_constant_p(field) && vmcs_is_written_for_each_vm(field))
		return;
	vmcs_set_add(&vmcs_written.fields, field);
	if (field == PRIMARY_CONTROLS || field == ENTRY_MSR_LOAD_COUNT ||
	    field == EXIT_MSR_LOAD_COUNT)
		vmcs_written_judge(field, value);
}

#endif
