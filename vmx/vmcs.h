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

/* Of the current VMCS; panics, naming the field, if the processor refuses. */
u64  vmcs_read(enum vmcs_field field);
void vmcs_write(enum vmcs_field field, u64 value);

/* The field's name; null if the table has no such field. */
const char *vmcs_field_name(u32 encoding);

#endif
