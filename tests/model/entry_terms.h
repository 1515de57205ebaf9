/* entry_terms.h -- what the expressions of the tables entry_*.def are made of; `state` is the
 * state that they look at
 */
#ifndef ENTRY_TERMS_H
#define ENTRY_TERMS_H

#include "tests/model/entry_state.h"

#define FIELD(name) (state->fields[ENTRY_FIELD_##name])
#define PROCESSOR(name) (state->processor->name)

/* Controls by the SDM's names (vol. 3, "VM-Execution Control Fields" and those behind it). */
enum entry_control {
#define ENTRY_CONTROL(word, bit, name) ENTRY_##word##_##name = bit,
#include "tests/model/entry_control_bits.def"
#undef ENTRY_CONTROL
};

/* Whether a control is in force: a word that is not activated counts as 0. */
#define CONTROL(word, field, name) (FIELD(field) >> ENTRY_##word##_##name & 1)
#define PIN_BASED(name) CONTROL(PIN_BASED, pin_based_controls, name)
#define PRIMARY(name) CONTROL(PRIMARY, primary_controls, name)
#define EXIT(name) CONTROL(EXIT, exit_controls, name)
#define ENTRY(name) CONTROL(ENTRY, entry_controls, name)
#define SECONDARY(name) \
	(PRIMARY(activate_secondary_controls) && CONTROL(SECONDARY, secondary_controls, name))
#define TERTIARY(name) \
	(PRIMARY(activate_tertiary_controls) && CONTROL(TERTIARY, tertiary_controls, name))
#define SECONDARY_EXIT(name) \
	(EXIT(activate_secondary_controls) && \
	 CONTROL(SECONDARY_EXIT, secondary_exit_controls, name))

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

static inline bool is_beyond_width(const struct entry_state *state, u64 address)
{
	return address >> PROCESSOR(physical_width);
}

/* One of so many low bits is set. */
static inline bool is_misaligned(u64 address, unsigned bits)
{
	return address & (BIT(bits) - 1);
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

/* --- Event injection (SDM vol. 3, "VM-Entry Controls for Event Injection") --- */

enum entry_injected {
	INJECTED_EXTERNAL_INTERRUPT,
	INJECTED_RESERVED,
	INJECTED_NMI,
	INJECTED_HARDWARE_EXCEPTION,
	INJECTED_SOFTWARE_INTERRUPT,
	INJECTED_PRIVILEGED_SOFTWARE_EXCEPTION,
	INJECTED_SOFTWARE_EXCEPTION,
	INJECTED_OTHER_EVENT,
};

#define INJECTION (FIELD(entry_interruption_information))
#define INJECTION_VECTOR (INJECTION & 0xff)
#define INJECTION_TYPE (INJECTION >> 8 & 7)
#define INJECTION_DELIVERS_ERROR_CODE (INJECTION >> 11 & 1)
#define INJECTION_VALID (INJECTION >> 31 & 1)
#define INJECTS(type) (INJECTION_VALID && INJECTION_TYPE == INJECTED_##type)

#endif
