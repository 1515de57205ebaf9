/* vmcs_field.h -- the fields of the VMCS by name, and sets of them
 * (SDM vol. 3, appendix "Field Encoding in VMCS")
 */
#ifndef VMCS_FIELD_H
#define VMCS_FIELD_H

#include "kernel/types.h"

enum vmcs_width { W16, W64, W32, NAT };                 /* bits 14:13 of the encoding */
enum vmcs_kind  { CONTROL, RESULT, GUEST, HOST, KINDS };        /* bits 11:10 */

#define VMCS_WIDTH(encoding) ((encoding) >> 13 & 3)
#define VMCS_KIND(encoding)  ((encoding) >> 10 & 3)
#define VMCS_INDEX(encoding) ((encoding) >> 1 & 0x1ff)

enum vmcs_field {
#define VMCS(encoding, width, kind, name) name = encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

/* A word for each width and kind, with the bit of the field's index.  Both halves of a field of 64
 * bits have the same bit. */
#define VMCS_WORDS 16
struct vmcs_set { u64 words[VMCS_WORDS]; };

#define VMCS_WORD(encoding) (VMCS_WIDTH(encoding) * KINDS + VMCS_KIND(encoding))
#define VMCS_BIT(encoding)  (1ull << (VMCS_INDEX(encoding) & 63))

#define VMCS(encoding, width, kind, name)                                                          \
	_Static_assert(VMCS_WIDTH(encoding) == (width) && VMCS_KIND(encoding) == (kind) &&         \
		       VMCS_INDEX(encoding) < 64, #name);
#include "vmx/vmcs.def"
#undef VMCS

static inline bool vmcs_set_has(const struct vmcs_set *set, u32 encoding)
{
	return set->words[VMCS_WORD(encoding)] & VMCS_BIT(encoding);
}

static inline void vmcs_set_add(struct vmcs_set *set, u32 encoding)
{
	set->words[VMCS_WORD(encoding)] |= VMCS_BIT(encoding);
}

static inline void vmcs_set_remove(struct vmcs_set *set, u32 encoding)
{
	set->words[VMCS_WORD(encoding)] &= ~VMCS_BIT(encoding);
}

#endif
