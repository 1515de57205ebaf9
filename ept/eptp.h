/* eptp.h -- the EPT pointer (SDM vol. 3, "Extended-Page-Table Pointer (EPTP)"), and the bits of
 * IA32_VMX_EPT_VPID_CAP that say what it may be (appendix "VPID and EPT Capabilities") */
#ifndef EPTP_H
#define EPTP_H

#include "ept/table.h"

enum {
	EPTP_MEMORY_TYPE    = BITS(2, 0),
	EPTP_WALK_LENGTH    = BITS(5, 3),       /* one less than the number of levels */
	EPTP_ACCESSED_DIRTY = BIT(6),
	EPTP_SHADOW_STACK   = BIT(7),           /* access rights for supervisor shadow stacks */
};

enum {
	EPT_CAP_EXECUTE_ONLY   = BIT(0),
	EPT_CAP_WALK_LENGTH_4  = BIT(6),
	EPT_CAP_WALK_LENGTH_5  = BIT(7),
	EPT_CAP_TABLES_UC      = BIT(8),
	EPT_CAP_TABLES_WB      = BIT(14),
	EPT_CAP_2M             = BIT(16),
	EPT_CAP_1G             = BIT(17),
	EPT_CAP_INVEPT         = BIT(20),
	EPT_CAP_ACCESSED_DIRTY = BIT(21),
	EPT_CAP_SHADOW_STACK   = BIT(23),
	EPT_CAP_INVEPT_SINGLE  = BIT(25),
	EPT_CAP_INVEPT_ALL     = BIT(26),
};

/* An EPTP for the tables, of memory type WB, or UC where WB is not offered; accessed and dirty
 * flags as asked.  False if the capabilities offer no such EPTP. */
bool eptp_choose(u64 capabilities, const struct ept *ept, bool accessed_dirty, u64 *eptp);

/* The level of the root table, by the EPTP's page-walk length: EPT_PML4, or another one. */
static inline enum ept_level eptp_top(u64 eptp)
{
	return ((eptp & EPTP_WALK_LENGTH) >> 3) + 1;
}

/* Whether a processor with these capabilities and this physical-address width (bits) takes the
 * EPTP, at VM entry or by VMFUNC (SDM vol. 3, "Checks on VMX Controls", "EPTP Switching"). */
bool eptp_is_legal(u64 capabilities, unsigned physical_width, u64 eptp);

#endif
