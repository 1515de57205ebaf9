/* entry_guest_terms.h -- what the rules about the guest state are made of, beside entry_terms.h
 */
#ifndef ENTRY_GUEST_TERMS_H
#define ENTRY_GUEST_TERMS_H

#include "tests/model/entry_terms.h"

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

/* --- Segment registers (SDM vol. 3, "Guest Register State") --- */

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

/* --- Non-register state (SDM vol. 3, "Guest Non-Register State") --- */

enum { ACTIVE, HLT, SHUTDOWN, WAIT_FOR_SIPI };

#define ACTIVITY FIELD(guest_activity_state)

/* SDM vol. 3, appendix "Miscellaneous Data": bits 8:6 of IA32_VMX_MISC, from HLT on. */
static inline bool is_offered(const struct entry_state *state, u64 activity)
{
	return activity == ACTIVE || PROCESSOR(misc) >> (5 + activity) & 1;
}

#define INTERRUPTIBILITY FIELD(guest_interruptibility_state)
#define BLOCKED_BY_STI (INTERRUPTIBILITY & 1)
#define BLOCKED_BY_MOV_SS (INTERRUPTIBILITY >> 1 & 1)
#define BLOCKED_BY_SMI (INTERRUPTIBILITY >> 2 & 1)
#define BLOCKED_BY_NMI (INTERRUPTIBILITY >> 3 & 1)
#define INTERRUPTED_ENCLAVE (INTERRUPTIBILITY >> 4 & 1)

#define DEBUG_EXCEPTION 1
#define MACHINE_CHECK 18
#define PENDING_MTF 0

#define INJECTS_VECTOR(type, vector) (INJECTS(type) && INJECTION_VECTOR == (vector))

static inline bool wakes_from_shutdown(const struct entry_state *state)
{
	return INJECTS(NMI) || INJECTS_VECTOR(HARDWARE_EXCEPTION, MACHINE_CHECK);
}

static inline bool wakes_from_hlt(const struct entry_state *state)
{
	return INJECTS(EXTERNAL_INTERRUPT) || wakes_from_shutdown(state) ||
	       INJECTS_VECTOR(HARDWARE_EXCEPTION, DEBUG_EXCEPTION) ||
	       INJECTS_VECTOR(OTHER_EVENT, PENDING_MTF);
}

#define PENDING_DEBUG FIELD(guest_pending_debug_exceptions)
#define PENDING_BUS_LOCK      BIT(11)
#define PENDING_ENABLED       BIT(12)           /* a breakpoint that DR7 has enabled was met */
#define PENDING_SINGLE_STEP   BIT(14)
#define PENDING_RTM           BIT(16)
#define PENDING_DEFINED       (BITS(3, 0) | PENDING_ENABLED | PENDING_SINGLE_STEP | PENDING_RTM)
#define PENDING_WITHOUT_RTM   (BITS(11, 0) | PENDING_SINGLE_STEP)

#define DEBUGCTL_BTF          BIT(1)
#define DEBUGCTL_BUS_LOCK     BIT(2)

/* A bus lock can be pending where the processor can be told to raise exceptions for it. */
static inline u64 pending_debug_bits(const struct entry_state *state)
{
	bool bus_lock = PROCESSOR(msr_bits.debugctl) & DEBUGCTL_BUS_LOCK;

	return PENDING_DEFINED | (bus_lock ? PENDING_BUS_LOCK : 0);
}

/* In these states a single-step exception would be pending if there were one to come, so that the
 * field has to agree. */
#define SINGLE_STEP_IS_CHECKED (BLOCKED_BY_STI || BLOCKED_BY_MOV_SS || ACTIVITY == HLT)
#define SINGLE_STEPS (RFLAGS(TF) && !(FIELD(guest_ia32_debugctl) & DEBUGCTL_BTF))

/* --- What stands in memory --- */

#define HAS_LINK (FIELD(vmcs_link_pointer) != ~0ul)
#define LINK_IS_MISALIGNED is_misaligned(FIELD(vmcs_link_pointer), 12)
#define LINK_IS_BEYOND_WIDTH is_beyond_width(state, FIELD(vmcs_link_pointer))
#define REVISION_OF_PROCESSOR (PROCESSOR(basic) & BITS(30, 0))
#define SHADOW_INDICATOR BIT(31)

/* The first 4 bytes of the VMCS that the link pointer leads to; false where it leads nowhere, or
 * nobody knows them. */
static inline bool reads_link(const struct entry_state *state, u32 *revision)
{
	return HAS_LINK && !LINK_IS_MISALIGNED && !LINK_IS_BEYOND_WIDTH &&
	       state->read(state->memory, FIELD(vmcs_link_pointer), revision, sizeof(*revision));
}

static inline bool link_has_other_revision(const struct entry_state *state)
{
	u32 revision;

	return reads_link(state, &revision) &&
	       (revision & ~SHADOW_INDICATOR) != REVISION_OF_PROCESSOR;
}

static inline bool link_has_other_shadow_indicator(const struct entry_state *state)
{
	u32 revision;

	return reads_link(state, &revision) &&
	       (revision >> 31) != (SECONDARY(vmcs_shadowing) ? 1 : 0);
}

static inline bool link_is_unknown(const struct entry_state *state)
{
	u32 revision;

	return HAS_LINK && !LINK_IS_MISALIGNED && !LINK_IS_BEYOND_WIDTH &&
	       !reads_link(state, &revision);
}

/* SDM vol. 3, "PDPTE Registers": what is reserved in an entry that is present. */
static inline bool has_reserved_pdpte_bits(const struct entry_state *state, u64 pdpte)
{
	u64 reserved = BITS(2, 1) | BITS(8, 5) | ~(BIT(PROCESSOR(physical_width)) - 1);

	return pdpte & PAGING_P && pdpte & reserved;
}

/* Of a guest with PAE paging, they are fields of the VMCS with EPT, and else in memory. */
static inline bool pdptes_are_fields(const struct entry_state *state)
{
	return uses_pae_paging(state) && SECONDARY(enable_ept);
}

static inline bool pdptes_are_in_memory(const struct entry_state *state)
{
	return uses_pae_paging(state) && !SECONDARY(enable_ept);
}

/* Where CR3 points to (SDM vol. 3, "PDPTE Registers"). */
static inline bool reads_pdpte(const struct entry_state *state, unsigned index, u64 *pdpte)
{
	u64 table = FIELD(guest_cr3) & BITS(31, 5);

	return state->read(state->memory, table + index * sizeof(*pdpte), pdpte, sizeof(*pdpte));
}

static inline bool pdpte_in_memory_has_reserved_bits(const struct entry_state *state,
						     unsigned index)
{
	u64 pdpte;

	return pdptes_are_in_memory(state) && reads_pdpte(state, index, &pdpte) &&
	       has_reserved_pdpte_bits(state, pdpte);
}

static inline bool pdptes_are_unknown(const struct entry_state *state)
{
	u64 pdpte;

	for (unsigned i = 0; pdptes_are_in_memory(state) && i < 4; i++)
		if (!reads_pdpte(state, i, &pdpte))
			return true;
	return false;
}

#endif
