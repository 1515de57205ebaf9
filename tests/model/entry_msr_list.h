/* entry_msr_list.h -- the VM-entry MSR-load area (SDM vol. 3, "Loading MSRs" of VM entries)
 *
 * For an MSR that this model does not know, and for a list whose memory nobody knows, the end is
 * open: the entry may be loaded, or fail.
 */
#ifndef ENTRY_MSR_LIST_H
#define ENTRY_MSR_LIST_H

#include "tests/model/entry_guest_terms.h"

/* As it stands in memory. */
struct entry_msr { u32 index, reserved; u64 value; };

enum entry_msr_end { ENTRY_MSR_LOADS, ENTRY_MSR_FAILS, ENTRY_MSR_OPEN };

/* SDM vol. 4, "Architectural MSRs". */
enum {
	IA32_TSC = 0x10, IA32_SPEC_CTRL = 0x48, IA32_SMM_MONITOR_CTL = 0x9b, IA32_SMBASE = 0x9e,
	IA32_SYSENTER_ESP = 0x175, IA32_SYSENTER_EIP = 0x176, IA32_DEBUGCTL = 0x1d9,
	IA32_PAT = 0x277, IA32_PERF_GLOBAL_CTRL = 0x38f, IA32_S_CET = 0x6a2, IA32_BNDCFGS = 0xd90,
};
#define IA32_EFER           0xc0000080u
#define IA32_STAR           0xc0000081u
#define IA32_LSTAR          0xc0000082u
#define IA32_FS_BASE        0xc0000100u
#define IA32_GS_BASE        0xc0000101u
#define IA32_KERNEL_GS_BASE 0xc0000102u

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

/* Whether an entry passes the test. */
static inline bool any_entry_msr(const struct entry_state *state, entry_msr_test_t *passes)
{
	struct entry_msr msr;

	for (u64 i = 0; i < entry_msr_count(state); i++)
		if (reads_entry_msr(state, i, &msr) && passes(state, &msr))
			return true;
	return false;
}

/* --- What WRMSR would say to the values --- */

static inline enum entry_msr_end fails_if(bool refused)
{
	return refused ? ENTRY_MSR_FAILS : ENTRY_MSR_LOADS;
}

/* Where the bits are 0, nobody knows them. */
static inline enum entry_msr_end fails_beyond(u64 bits, u64 value)
{
	return bits ? fails_if(has_reserved_bits(value, bits)) : ENTRY_MSR_OPEN;
}

/* LME may not change while CR0.PG is 1, and is then what the control "IA-32e mode guest" says.
 * Nobody says what becomes of another LMA. */
static inline enum entry_msr_end efer_end(const struct entry_state *state, u64 value)
{
	bool ia_32e_mode = ENTRY(ia_32e_mode_guest);

	if (CR0(PG) && !!(value & EFER_LME) != ia_32e_mode)
		return ENTRY_MSR_FAILS;
	if (has_reserved_bits(value, PROCESSOR(msr_bits.efer)))
		return ENTRY_MSR_FAILS;
	return !!(value & EFER_LMA) == ia_32e_mode ? ENTRY_MSR_LOADS : ENTRY_MSR_OPEN;
}

static inline enum entry_msr_end s_cet_end(const struct entry_state *state, u64 value)
{
	if (!is_canonical(state, value) || s_cet_suppresses_and_waits(value))
		return ENTRY_MSR_FAILS;
	return fails_beyond(PROCESSOR(msr_bits.s_cet), value);
}

static inline enum entry_msr_end bndcfgs_end(const struct entry_state *state, u64 value)
{
	return is_canonical(state, value) ? fails_beyond(PROCESSOR(msr_bits.bndcfgs), value)
					  : ENTRY_MSR_FAILS;
}

/* By the value alone, whether or not the MSR may be in the list. */
static inline enum entry_msr_end entry_msr_value_end(const struct entry_state *state,
						     const struct entry_msr *msr)
{
	switch (msr->index) {
	case IA32_TSC:
	case IA32_STAR:
		return ENTRY_MSR_LOADS;
	case IA32_SYSENTER_ESP:
	case IA32_SYSENTER_EIP:
	case IA32_LSTAR:
	case IA32_KERNEL_GS_BASE:
		return fails_if(!is_canonical(state, msr->value));
	case IA32_PAT:              return fails_if(!pat_is_legal(msr->value));
	case IA32_EFER:             return efer_end(state, msr->value);
	case IA32_S_CET:            return s_cet_end(state, msr->value);
	case IA32_BNDCFGS:          return bndcfgs_end(state, msr->value);
	case IA32_DEBUGCTL:
		return fails_beyond(PROCESSOR(msr_bits.debugctl), msr->value);
	case IA32_PERF_GLOBAL_CTRL:
		return fails_beyond(PROCESSOR(msr_bits.perf_global_ctrl), msr->value);
	case IA32_SPEC_CTRL:
		return fails_beyond(PROCESSOR(msr_bits.spec_ctrl), msr->value);
	default:
		return ENTRY_MSR_OPEN;
	}
}

/* --- Tests of an entry --- */

static inline bool is_fs_base(const struct entry_state *state, const struct entry_msr *msr)
{
	(void)state;
	return msr->index == IA32_FS_BASE;
}

static inline bool is_gs_base(const struct entry_state *state, const struct entry_msr *msr)
{
	(void)state;
	return msr->index == IA32_GS_BASE;
}

static inline bool is_x2apic_register(const struct entry_state *state, const struct entry_msr *msr)
{
	(void)state;
	return IS_X2APIC_REGISTER(msr->index);
}

static inline bool is_smm_monitor_ctl(const struct entry_state *state, const struct entry_msr *msr)
{
	(void)state;
	return msr->index == IA32_SMM_MONITOR_CTL;
}

static inline bool is_smbase(const struct entry_state *state, const struct entry_msr *msr)
{
	(void)state;
	return msr->index == IA32_SMBASE;
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
