/* entry_msr_list.h -- the VM-entry MSR-load area (SDM vol. 3, "Loading MSRs" of VM entries)
 * Where nobody knows what stands in the memory of the list, the end of its entries is open.
 */
#ifndef ENTRY_MSR_LIST_H
#define ENTRY_MSR_LIST_H

#include "tests/model/entry_msr_value.h"

#define IS_X2APIC_REGISTER(index) ((index) >> 8 == 8)

/* --- The list --- */

/* SDM vol. 3, appendix "Miscellaneous Data": more entries than these, and what happens is
 * undefined. */
static inline u64 entry_msr_limit(const struct entry_state *state)
{
	return 512 * ((PROCESSOR(misc) >> 25 & 7) + 1);
}

static inline bool entry_msr_list_is_too_long(const struct entry_state *state)
{
	return FIELD(entry_msr_load_count) > entry_msr_limit(state);
}

/* How many entries of the list the rules look at: of one that is too long, none. */
static inline u64 entry_msr_count(const struct entry_state *state)
{
	return entry_msr_list_is_too_long(state) ? 0 : FIELD(entry_msr_load_count);
}

static inline bool reads_entry_msr(const struct entry_state *state, u64 place,
				   struct entry_msr *msr)
{
	return state->read(state->memory, FIELD(entry_msr_load_address) + place * sizeof(*msr), msr,
			   sizeof(*msr));
}

typedef bool entry_msr_test_t(const struct entry_state *state, const struct entry_msr *msr);

/* Whether an entry passes the test.  No part of the function that asks, which many rules share that
 * look at no memory. */
static __attribute__((noinline, unused)) bool
any_entry_msr(const struct entry_state *state, entry_msr_test_t *passes)
{
	u64 count = entry_msr_count(state);
	struct entry_msr msr;

	for (u64 i = 0; i < count; i++)
		if (reads_entry_msr(state, i, &msr) && passes(state, &msr))
			return true;
	return false;
}

/* --- Tests of an entry --- */

#define IS_MSR(name, number)                                                                       \
	static inline bool name(const struct entry_state *state, const struct entry_msr *msr)      \
	{                                                                                          \
		(void)state;                                                                       \
		return msr->index == (number);                                                     \
	}
IS_MSR(is_fs_base, IA32_FS_BASE)
IS_MSR(is_gs_base, IA32_GS_BASE)
IS_MSR(is_smm_monitor_ctl, IA32_SMM_MONITOR_CTL)
IS_MSR(is_smbase, IA32_SMBASE)
#undef IS_MSR

static inline bool is_x2apic_register(const struct entry_state *state, const struct entry_msr *msr)
{
	(void)state;
	return IS_X2APIC_REGISTER(msr->index);
}

static inline bool has_reserved_half(const struct entry_state *state, const struct entry_msr *msr)
{
	(void)state;
	return msr->reserved;
}

static inline bool has_refused_value(const struct entry_state *state, const struct entry_msr *msr)
{
	return entry_msr_value_end(state, msr) == ENTRY_MSR_FAILS;
}

/* --- Ends --- */

static inline enum entry_msr_end entry_msr_end(const struct entry_state *state, u64 place)
{
	struct entry_msr msr;

	if (!reads_entry_msr(state, place, &msr))
		return ENTRY_MSR_OPEN;
	if (is_fs_base(state, &msr) || is_gs_base(state, &msr) || is_x2apic_register(state, &msr) ||
	    is_smm_monitor_ctl(state, &msr) || is_smbase(state, &msr) ||
	    has_reserved_half(state, &msr))
		return ENTRY_MSR_FAILS;
	return entry_msr_value_end(state, &msr);
}

/* Whether the list may fail at the entry of this number, from 1: it is not certain to be loaded,
 * and none before it is certain to fail. */
static inline bool entry_msrs_may_fail_at(const struct entry_state *state, u64 number)
{
	if (!number || number > entry_msr_count(state))
		return false;
	for (u64 i = 0; i + 1 < number; i++)
		if (entry_msr_end(state, i) == ENTRY_MSR_FAILS)
			return false;
	return entry_msr_end(state, number - 1) != ENTRY_MSR_LOADS;
}

#endif
