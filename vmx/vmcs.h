/* vmcs.h -- access to the fields of the current VMCS (SDM vol. 3, "Software Use of Virtual-Machine Control
 * Structures") */
#ifndef VMCS_H
#define VMCS_H

#include "vmx/instructions.h"
#include "vmx/vmcs_field.h"
#include "vmx/vmcs_written.h"

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

/* Whatever is written, the next VM starts with all fields as they should be (vmcs_written.h). */
static inline void vmcs_write(enum vmcs_field field, u64 value)
{
	vmcs_written_note(field, value);
	vmcs_put(field, value);
}

/* VMWRITE of a field that this processor may lack, or of a value that it may refuse. */
static inline outcome_t vmcs_try_write(enum vmcs_field field, u64 value)
{
	vmcs_written_note(field, value);
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
