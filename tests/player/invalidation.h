/* invalidation.h -- whether this processor offers INVEPT and INVVPID as a scenario asks for them
 * (SDM vol. 3, "Operations that Invalidate Cached Mappings"; appendix "VPID and EPT Capabilities")
 */
#ifndef INVALIDATION_H
#define INVALIDATION_H

#include "vmx/instructions.h"

/* If it does not, false after skip() named the bit of IA32_VMX_EPT_VPID_CAP that is 0. */
bool invept_is_offered(enum invept_type type);
bool invvpid_is_offered(enum invvpid_type type);

#endif
