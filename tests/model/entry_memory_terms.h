/* entry_memory_terms.h -- what the VMCS link pointer and CR3 lead to in memory, in the words of the
 * rules of VM entry
 */
#ifndef ENTRY_MEMORY_TERMS_H
#define ENTRY_MEMORY_TERMS_H

#include "tests/model/entry_guest_terms.h"

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

static __attribute__((noinline, unused)) bool
link_has_other_revision(const struct entry_state *state)
{
	u32 revision;

	return reads_link(state, &revision) &&
	       (revision & ~SHADOW_INDICATOR) != REVISION_OF_PROCESSOR;
}

static __attribute__((noinline, unused)) bool
link_has_other_shadow_indicator(const struct entry_state *state)
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

static __attribute__((noinline, unused)) bool
pdpte_in_memory_has_reserved_bits(const struct entry_state *state, unsigned index)
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
