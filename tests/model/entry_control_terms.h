/* entry_control_terms.h -- EPT, VM functions and the virtual APIC in the words of the rules of VM
 * entry
 */
#ifndef ENTRY_CONTROL_TERMS_H
#define ENTRY_CONTROL_TERMS_H

#include "tests/model/entry_state_terms.h"

/* Capabilities in IA32_VMX_EPT_VPID_CAP (SDM vol. 3, appendix "VPID and EPT Capabilities"). */
static inline bool ept_memory_type_is_offered(const struct entry_state *state, u64 type)
{
	return (type == 0 && PROCESSOR(ept_vpid) & BIT(8))
	       || (type == 6 && PROCESSOR(ept_vpid) & BIT(14));
}

/* `levels` as EPTP[5:3] have them, one less than there are. */
static inline bool ept_walk_is_offered(const struct entry_state *state, u64 levels)
{
	return (levels == 3 && PROCESSOR(ept_vpid) & BIT(6))
	       || (levels == 4 && PROCESSOR(ept_vpid) & BIT(7));
}

#define EPT_VPID_ACCESSED_DIRTY BIT(21)
#define EPT_VPID_SHADOW_STACKS  BIT(23)
#define EPTP_SHADOW_STACKS      BIT(7)

#define SWITCHES_EPTP (SECONDARY(enable_vm_functions) && FIELD(vm_function_controls) & BIT(0))

/* Bits 7:4 of VTPR, the byte 80H of the virtual-APIC page, are less than bits 3:0 of the threshold
 * (SDM vol. 3, "Virtualized APIC Registers"). */
static __attribute__((noinline, unused)) bool
vtpr_is_below(const struct entry_state *state, u64 threshold)
{
	u64 page = FIELD(virtual_apic_address);
	u8 vtpr;

	if (is_misaligned(page, 12) || is_beyond_width(state, page)
	    || !state->read(state->memory, page + 0x80, &vtpr, sizeof(vtpr)))
		return false;
	return vtpr >> 4 < (threshold & 15);
}

#endif
