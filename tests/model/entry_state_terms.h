/* entry_state_terms.h -- the state of VM entry in the words of the rules: fields, controls,
 * addresses, registers; `state` is the state that they look at
 */
#ifndef ENTRY_STATE_TERMS_H
#define ENTRY_STATE_TERMS_H

#include "tests/model/bits.h"
#include "tests/model/entry_state.h"

#define FIELD(name) (state->fields[ENTRY_FIELD_##name])
#define PROCESSOR(name) (state->processor->name)

/* Controls by the SDM's names (vol. 3, "VM-Execution Control Fields" and those behind it). */
enum entry_control {
#define ENTRY_CONTROL(word, bit, name) ENTRY_##word##_##name = bit,
#include "tests/model/entry_control_bits.def"
#undef ENTRY_CONTROL
};

/* Whether a control is in force: a word that is not activated counts as 0, and so does one whose
 * activation the processor does not offer. */
#define CONTROL(word, field, name) (FIELD(field) >> ENTRY_##word##_##name & 1)
#define OFFERS(word, member, name) (PROCESSOR(member) >> (32 + ENTRY_##word##_##name) & 1)
#define PIN_BASED(name) CONTROL(PIN_BASED, pin_based_controls, name)
#define PRIMARY(name) CONTROL(PRIMARY, primary_controls, name)
#define EXIT(name) CONTROL(EXIT, exit_controls, name)
#define ENTRY(name) CONTROL(ENTRY, entry_controls, name)
#define ACTIVATES_SECONDARY \
	(PRIMARY(activate_secondary_controls) \
	 && OFFERS(PRIMARY, primary, activate_secondary_controls))
#define ACTIVATES_TERTIARY \
	(PRIMARY(activate_tertiary_controls) \
	 && OFFERS(PRIMARY, primary, activate_tertiary_controls))
#define ACTIVATES_SECONDARY_EXIT \
	(EXIT(activate_secondary_controls) && OFFERS(EXIT, exit, activate_secondary_controls))
#define SECONDARY(name) (ACTIVATES_SECONDARY && CONTROL(SECONDARY, secondary_controls, name))
#define TERTIARY(name) (ACTIVATES_TERTIARY && CONTROL(TERTIARY, tertiary_controls, name))
#define SECONDARY_EXIT(name) \
	(ACTIVATES_SECONDARY_EXIT && CONTROL(SECONDARY_EXIT, secondary_exit_controls, name))

/* Bits of a value that must be 1 and are 0, and bits that are 1 and may not be. */
static inline u64 lacks_bits(u64 value, u64 needed)
{
	return needed & ~value;
}

static inline u64 has_reserved_bits(u64 value, u64 legal)
{
	return value & ~legal;
}

/* The low half of a capability MSR has the bits that must be 1, the high half those that may be
 * (SDM vol. 3, appendix "VMX Controls"). */
static inline bool lacks_bits_that_must_be_1(u64 controls, u64 capability)
{
	return lacks_bits(controls, (u32)capability);
}

static inline bool has_bits_that_must_be_0(u64 controls, u64 capability)
{
	return has_reserved_bits(controls, capability >> 32);
}

/* --- Addresses --- */

/* For the width that the processor has, whatever CR4.LA57 says. */
static inline bool is_canonical(const struct entry_state *state, u64 address)
{
	unsigned shift = 64 - PROCESSOR(linear_width);

	return (u64)((int64_t)(address << shift) >> shift) == address;
}

/* IA32_VMX_BASIC[48] limits the addresses of structures that VMX uses to 32 bits. */
static inline bool is_beyond_width(const struct entry_state *state, u64 address)
{
	return address >> (PROCESSOR(basic) & BIT(48) ? 32 : PROCESSOR(physical_width));
}

/* One of so many low bits is set. */
static inline bool is_misaligned(u64 address, unsigned bits)
{
	return address & (BIT(bits) - 1);
}

/* The first byte of so many is within the width, the last one is not. */
static inline bool ends_beyond_width(const struct entry_state *state, u64 address, u64 size)
{
	return !is_beyond_width(state, address) && is_beyond_width(state, address + size - 1);
}

/* --- Control registers --- */

#define CR4_PCIDE   BIT(17)
#define CR4_CET     BIT(23)
#define CR4_LAM_SUP BIT(28)
#define CR4_FRED    BIT(32)
#define EFER_LME    BIT(8)

/* NW and CD of CR0: neither VM entry nor VM exit changes them. */
#define CR0_NEVER_CHECKED BITS(30, 29)

/* Bits 62:61 select linear-address masking for user pointers, where the processor has that. */
static inline bool cr3_has_reserved_bits(const struct entry_state *state, u64 cr3)
{
	u64 masking = PROCESSOR(cr4_fixed1) & CR4_LAM_SUP ? BITS(62, 61) : 0;

	return is_beyond_width(state, cr3 & ~masking);
}

/* --- Values of MSRs --- */

/* SDM vol. 3, "IA32_PAT MSR": of each byte, bits 7:3 are reserved, and so are the types 2 and 3. */
static inline bool pat_is_legal(u64 pat)
{
	u64 reserved = pat & 0xf8f8f8f8f8f8f8f8;
	u64 type_2_or_3 = pat >> 1 & ~(pat >> 2) & 0x0101010101010101;

	return !reserved && !type_2_or_3;
}

/* Bits of IA32_S_CET that may not both be 1 (SDM vol. 1, "CET Configuration"). */
#define S_CET_SUPPRESS BIT(10)
#define S_CET_TRACKER  BIT(11)

static inline bool s_cet_suppresses_and_waits(u64 s_cet)
{
	return s_cet & S_CET_SUPPRESS && s_cet & S_CET_TRACKER;
}

#endif
