/* vmcs.h -- the VMCS, field by field (SDM vol. 3, appendix "Field Encoding in VMCS") */
#ifndef VMCS_H
#define VMCS_H

#include "vmx/instructions.h"

enum vmcs_width { W16, W64, W32, NAT };                 /* bits 14:13 of the encoding */
enum vmcs_kind  { CONTROL, RESULT, GUEST, HOST };       /* bits 11:10 */

#define VMCS_WIDTH(encoding) ((encoding) >> 13 & 3)
#define VMCS_KIND(encoding)  ((encoding) >> 10 & 3)

enum vmcs_field {
#define VMCS(encoding, width, kind, name) name = encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

#define VMCS(encoding, width, kind, name)                                                          \
	_Static_assert(VMCS_WIDTH(encoding) == (width) && VMCS_KIND(encoding) == (kind), #name);
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

static inline void vmcs_write(enum vmcs_field field, u64 value)
{
	bool succeeded;

	asm volatile ("vmwrite %1, %2" : "=@cca" (succeeded) : "rm" (value), "r" ((u64)field));
	if (!succeeded)
		vmcs_write_refused(field, value);
}

/* Of the current VMCS.  0 for a field that this processor does not have: it then lacks the control
 * as well which the field belongs to, and refuses that control. */
u64 vmcs_read_or_0(enum vmcs_field field);

/* The field's name; null if the table has no such field. */
const char *vmcs_field_name(u32 encoding);

#endif
