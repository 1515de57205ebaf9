/* entry_guest_terms.h -- modes and registers of the guest in the words of the rules of VM entry
 */
#ifndef ENTRY_GUEST_TERMS_H
#define ENTRY_GUEST_TERMS_H

#include "tests/model/entry_segment_terms.h"

/* SDM vol. 3, "System Flags and Fields in the EFLAGS Register" */
#define RFLAGS_TF            BIT(8)
#define RFLAGS_IF            BIT(9)
#define RFLAGS_VM            BIT(17)
#define RFLAGS_IOPL          BITS(13, 12)
#define RFLAGS_RESERVED_AT_0 (BITS(63, 22) | BIT(15) | BIT(5) | BIT(3))
#define RFLAGS_RESERVED_AT_1 BIT(1)

/* Whether a bit of the guest's register is 1. */
#define CR0(name) (!!(FIELD(guest_cr0) & CR0_##name))
#define CR4(name) (!!(FIELD(guest_cr4) & CR4_##name))
#define RFLAGS(name) (!!(FIELD(guest_rflags) & RFLAGS_##name))
#define EFER(name) (!!(FIELD(guest_ia32_efer) & EFER_##name))

/* --- Modes (SDM vol. 3, "Checks on Guest Segment Registers") --- */

#define VIRTUAL_8086 RFLAGS(VM)
#define UNRESTRICTED SECONDARY(unrestricted_guest)
#define IN_64_BIT_MODE (ENTRY(ia_32e_mode_guest) && IS_64_BIT_CODE(cs))

static inline bool uses_pae_paging(const struct entry_state *state)
{
	return CR0(PG) && CR4(PAE) && !ENTRY(ia_32e_mode_guest);
}

/* --- Registers --- */

/* What nobody checks of CR0: PE and PG of an unrestricted guest besides. */
static inline u64 unchecked_cr0(const struct entry_state *state)
{
	return UNRESTRICTED ? CR0_NEVER_CHECKED | CR0_PE | CR0_PG : CR0_NEVER_CHECKED;
}

/* Bits 63:N of a linear address are the same, N the width of the processor; the address need not be
 * canonical, for bit N-1 may differ. */
static inline bool is_within_linear_width(const struct entry_state *state, u64 address)
{
	u64 above = address >> PROCESSOR(linear_width);

	return !above || above == ~0ul >> PROCESSOR(linear_width);
}

#endif
