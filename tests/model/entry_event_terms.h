/* entry_event_terms.h -- event injection in the words of the rules of VM entry
 * (SDM vol. 3, "VM-Entry Controls for Event Injection")
 */
#ifndef ENTRY_EVENT_TERMS_H
#define ENTRY_EVENT_TERMS_H

#include "tests/model/entry_state_terms.h"

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

/* SYSCALL and SYSENTER, which FRED delivers as events. */
#define INJECTS_SYSTEM_CALL \
	(INJECTS(OTHER_EVENT) && (INJECTION_VECTOR == 1 || INJECTION_VECTOR == 2))
#define INJECTS_SOFTWARE_EVENT \
	(INJECTS(SOFTWARE_INTERRUPT) || INJECTS(PRIVILEGED_SOFTWARE_EXCEPTION) \
	 || INJECTS(SOFTWARE_EXCEPTION))
/* The guest of this injection is in real-address mode. */
#define INJECTS_TO_REAL_MODE \
	(INJECTION_VALID && SECONDARY(unrestricted_guest) && !(FIELD(guest_cr0) & CR0_PE))

#define BASIC_ANY_ERROR_CODE BIT(56)    /* IA32_VMX_BASIC: no vector needs an error code */
#define BASIC_NESTED         BIT(58)    /* bit 13 of an injection may be 1 */
#define MISC_LENGTH_0        BIT(30)    /* IA32_VMX_MISC: instructions of length 0 */

/* #DF, #TS, #NP, #SS, #GP, #PF, #AC */
#define VECTORS_WITH_ERROR_CODE (BIT(8) | BITS(14, 10) | BIT(17))

/* A hardware exception with a vector that has an error code, or one that has none, where the
 * processor distinguishes them. */
static inline bool injects_vector_of(const struct entry_state *state, bool error_code)
{
	if (!INJECTS(HARDWARE_EXCEPTION) || PROCESSOR(basic) & BASIC_ANY_ERROR_CODE
	    || INJECTION_VECTOR > 31)
		return false;
	return (VECTORS_WITH_ERROR_CODE >> INJECTION_VECTOR & 1) == error_code;
}

/* "Other event", of a vector that the processor and the guest have: 0 is a pending MTF VM exit. */
static inline bool other_event_is_offered(const struct entry_state *state)
{
	return OFFERS(PRIMARY, primary, monitor_trap_flag) || PROCESSOR(cr4_fixed1) & CR4_FRED;
}

static inline bool other_event_has_vector(const struct entry_state *state)
{
	return (INJECTION_VECTOR == 0 && OFFERS(PRIMARY, primary, monitor_trap_flag))
	       || (INJECTS_SYSTEM_CALL && FIELD(guest_cr4) & CR4_FRED);
}

#endif
