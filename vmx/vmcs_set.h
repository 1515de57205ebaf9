/* vmcs_set.h -- what an encoding says of its field, and sets of fields
 * (SDM vol. 3, appendix "Field Encoding in VMCS")
 */
#ifndef VMCS_SET_H
#define VMCS_SET_H

#include "kernel/types.h"

enum vmcs_width { W16, W64, W32, NAT };                 /* bits 14:13 of the encoding */
enum vmcs_kind  { CONTROL, RESULT, GUEST, HOST, KINDS };        /* bits 11:10 */

#define VMCS_WIDTH(encoding) ((encoding) >> 13 & 3)
#define VMCS_KIND(encoding)  ((encoding) >> 10 & 3)
#define VMCS_INDEX(encoding) ((encoding) >> 1 & 0x1ff)

/* A word for each width and kind, with the bit of the field's index, which is below 64.  Both
 * halves of a field of 64 bits have the same bit. */
#define VMCS_WORDS 16
struct vmcs_set { u64 words[VMCS_WORDS]; };

#define VMCS_WORD(encoding) (VMCS_WIDTH(encoding) * KINDS + VMCS_KIND(encoding))
#define VMCS_BIT(encoding)  (1ull << (VMCS_INDEX(encoding) & 63))

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
