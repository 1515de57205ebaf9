/* vmcs.h -- the VMCS, field by field (SDM vol. 3, appendix "Field Encoding in VMCS") */
#ifndef VMCS_H
#define VMCS_H

#include "vmx/instructions.h"
#include "vmx/vmcs_set.h"

enum vmcs_field {
#define VMCS(encoding, width, kind, name) name = encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

#define VMCS(encoding, width, kind, name)                                                          \
	_Static_assert(VMCS_WIDTH(encoding) == (width) && VMCS_KIND(encoding) == (kind) &&         \
		       VMCS_INDEX(encoding) < 64, #name);
#include "vmx/vmcs.def"
#undef VMCS

/* Repeat an instruction that was refused, to learn why; then panic with the field's name and the
 * reason. */
__attribute__((cold, noreturn)) void vmcs_read_refused(enum vmcs_field field);
__attribute__((cold, noreturn)) void vmcs_write_refused(enum vmcs_field field, u64 value);

/* These access the current VMCS, and panic with the field's name if the processor refuses.  They
 * are on the path of every exit, hence inline and without a fix-up; CF and ZF are clear ("above")
 * on success. */
static inline u64 vmcs_read(enum vmcs_field field)
{
	bool succeeded;
	u64 value;

	asm volatile ("vmread %2, %0" : "=r" (value), "=@cca" (succeeded) : "r" ((u64)field));
	if (!succeeded)
		vmcs_read_refused(field);
	return value;
}

/* For what a VM starts with; all others use vmcs_write(). */
static inline void vmcs_put(enum vmcs_field field, u64 value)
{
	bool succeeded;

	asm volatile ("vmwrite %1, %2" : "=@cca" (succeeded) : "rm" (value), "r" ((u64)field));
	if (!succeeded)
		vmcs_write_refused(field, value);
}

/* Of the current VMCS.  0 for a field that this processor does not have: it then lacks the control
 * as well which the field belongs to, and refuses that control. */
u64 vmcs_read_or_0(enum vmcs_field field);

/* What was written beside what each VM starts with, so that the next VM and the next test find
 * nothing of it (vmx/start_vmcs.h, vmx/machine_restore.h). */
extern struct vmcs_written {
	struct vmcs_set fields;
	bool ports;                             /* not all accesses to ports exited */
	bool msrs;                              /* nor all writes of MSRs, or lists held some */
	bool virtual_nmis;                      /* the control of this name was 1 */
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

/* Notes beside `fields` what such a value lets a guest do. */
void vmcs_judge(enum vmcs_field field, u64 value);

/* Costs nothing for the fields that a guest's next entry needs most, like GUEST_RIP, and little for
 * other constants. */
static inline void vmcs_note(enum vmcs_field field, u64 value)
{
	if (__builtin_constant_p(field) && vmcs_is_written_for_each_vm(field))
		return;
	vmcs_set_add(&vmcs_written.fields, field);
	if (field == PIN_BASED_CONTROLS || field == PRIMARY_CONTROLS ||
	    field == ENTRY_MSR_LOAD_COUNT || field == EXIT_MSR_LOAD_COUNT)
		vmcs_judge(field, value);
}

static inline void vmcs_write(enum vmcs_field field, u64 value)
{
	vmcs_note(field, value);
	vmcs_put(field, value);
}

/* VMWRITE of a field that this processor may lack, or of a value that it may refuse. */
static inline outcome_t vmcs_try_write(enum vmcs_field field, u64 value)
{
	vmcs_note(field, value);
	return vmwrite(field, value);
}

/* The field's name; null if the table has no such field. */
const char *vmcs_field_name(u32 encoding);

/* Writes 0 to all fields of the current VMCS that can be written, and says which these are: the
 * others do not exist on this processor, or are VM-exit information fields of a processor with
 * IA32_VMX_MISC[29] = 0. */
struct vmcs_set vmcs_zero_all(void);
/* Writes 0 to the fields of the set, each of which can be written. */
void vmcs_zero(const struct vmcs_set *fields);

#endif
