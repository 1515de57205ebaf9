/* vmcs.h -- the VMCS, field by field (SDM vol. 3, appendix "Field Encoding in VMCS") */
#ifndef VMCS_H
#define VMCS_H

#include "vmx/instructions.h"

enum vmcs_width { W16, W64, W32, NAT };                 /* bits 14:13 of the encoding */
enum vmcs_kind  { CONTROL, RESULT, GUEST, HOST };       /* bits 11:10 */

#define VMCS_WIDTH(encoding) ((encoding) >> 13 & 3)
#define VMCS_KIND(encoding)  ((encoding) >> 10 & 3)
#define VMCS_INDEX(encoding) ((encoding) >> 1 & 0x1ff)

/* A set of fields: a word for each width and kind, with the bit of the field's index.  Both halves
 * of a field of 64 bits have the same bit. */
#define KINDS      4
#define VMCS_WORDS 16
struct vmcs_set { u64 words[VMCS_WORDS]; };

#define VMCS_WORD(encoding) (VMCS_WIDTH(encoding) * KINDS + VMCS_KIND(encoding))
#define VMCS_BIT(encoding)  (1ull << (VMCS_INDEX(encoding) & 63))

enum vmcs_field {
#define VMCS(encoding, width, kind, name) name = encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

#define VMCS(encoding, width, kind, name)                                                          \
	_Static_assert(VMCS_WIDTH(encoding) == (width) && VMCS_KIND(encoding) == (kind) &&          \
		       VMCS_INDEX(encoding) < 64, #name);
#include "vmx/vmcs.def"
#undef VMCS

/* Repeat an instruction that was refused, to learn why; then panic with the field's name and the
 * reason. */
__attribute__((cold, noreturn)) void vmcs_read_refused(enum vmcs_field field);
__attribute__((cold, noreturn)) void vmcs_write_refused(enum vmcs_field field, u64 value);

/* These access the current VMCS, and panic with the field's name if the processor refuses.  They
 * are on the path of every exit, hence inline and without a fix-up; CF and ZF are clear ("above")
 * on success.  vmcs_put() is for fields that are written anew for each VM. */
static inline u64 vmcs_read(enum vmcs_field field)
{
	bool succeeded;
	u64 value;

	asm volatile ("vmread %2, %0" : "=r" (value), "=@cca" (succeeded) : "r" ((u64)field));
	if (!succeeded)
		vmcs_read_refused(field);
	return value;
}

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

/* The fields that were written since the last VM started, other than by vmcs_put(): the next one
 * gets them as they should be (vmx/start_vmcs.h). */
extern struct vmcs_set vmcs_written;

static inline void vmcs_note(enum vmcs_field field)
{
	vmcs_written.words[VMCS_WORD(field)] |= VMCS_BIT(field);
}

static inline void vmcs_write(enum vmcs_field field, u64 value)
{
	vmcs_note(field);
	vmcs_put(field, value);
}

/* VMWRITE of a field that this processor may lack, or of a value that it may refuse. */
static inline outcome_t vmcs_try_write(enum vmcs_field field, u64 value)
{
	vmcs_note(field);
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

static inline bool vmcs_set_has(const struct vmcs_set *set, enum vmcs_field field)
{
	return set->words[VMCS_WORD(field)] & VMCS_BIT(field);
}

#endif
