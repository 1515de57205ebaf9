/* entry_msr_value.h -- what WRMSR would say to a value in the VM-entry MSR-load area
 * (SDM vol. 2, "WRMSR")
 *
 * For an MSR that this model does not know, the end is open: it may be loaded, or fail.
 */
#ifndef ENTRY_MSR_VALUE_H
#define ENTRY_MSR_VALUE_H

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

#endif
