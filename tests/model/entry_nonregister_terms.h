/* entry_nonregister_terms.h -- activity, interruptibility and pending debug exceptions of the guest
 * in the words of the rules of VM entry (SDM vol. 3, "Guest Non-Register State")
 */
#ifndef ENTRY_NONREGISTER_TERMS_H
#define ENTRY_NONREGISTER_TERMS_H

#include "tests/model/entry_event_terms.h"
#include "tests/model/entry_guest_terms.h"

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

#endif
