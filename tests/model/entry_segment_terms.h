/* entry_segment_terms.h -- segment registers of the guest in the words of the rules of VM entry
 * (SDM vol. 3, "Guest Register State")
 */
#ifndef ENTRY_SEGMENT_TERMS_H
#define ENTRY_SEGMENT_TERMS_H

#include "tests/model/entry_state_terms.h"

#define RIGHTS(r) FIELD(guest_##r##_access_rights)
#define SEGMENT_TYPE(r) (RIGHTS(r) & 0xf)
#define IS_TYPE(r, types) ((types) >> SEGMENT_TYPE(r) & 1)      /* one of the types, a bit each */
#define IS_CODE_OR_DATA(r) (RIGHTS(r) >> 4 & 1)
#define DPL(r) (RIGHTS(r) >> 5 & 3)
#define IS_PRESENT(r) (RIGHTS(r) >> 7 & 1)
#define IS_64_BIT_CODE(r) (RIGHTS(r) >> 13 & 1)
#define IS_32_BIT(r) (RIGHTS(r) >> 14 & 1)
#define HAS_GRANULARITY(r) (RIGHTS(r) >> 15 & 1)
#define IS_USABLE(r) (!(RIGHTS(r) >> 16 & 1))

#define SELECTOR(r) FIELD(guest_##r##_selector)
#define RPL(r) (SELECTOR(r) & 3)
#define IS_IN_LOCAL_TABLE(r) (SELECTOR(r) >> 2 & 1)
#define BASE(r) FIELD(guest_##r##_base)
#define LIMIT(r) FIELD(guest_##r##_limit)

#define LIMIT_LOW  BITS(11, 0)
#define LIMIT_HIGH BITS(31, 20)

/* Types of segments (SDM vol. 3, "Code- and Data-Segment Descriptor Types", "System Descriptor
 * Types"), a bit each. */
#define WRITABLE_DATA (BIT(3) | BIT(7))                 /* accessed; 7 expands downwards */
#define READ_WRITE_DATA BIT(3)
#define NONCONFORMING_CODE (BIT(9) | BIT(11))           /* accessed */
#define CONFORMING_CODE (BIT(13) | BIT(15))
#define ACCESSED 0xaaaaul                               /* bit 0 of the type */
#define UNREADABLE_CODE (BIT(8) | BIT(9) | BIT(12) | BIT(13))
#define LOCAL_TABLE BIT(2)
#define BUSY_TSS_16 BIT(3)
#define BUSY_TSS BIT(11)

#endif
