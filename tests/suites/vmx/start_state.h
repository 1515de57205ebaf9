/* start_state.h -- the state of the processor in which a test of VMX instructions starts
 *
 * The tests change it as they like, as they use the instructions themselves, not vmx/operation.h.
 */
#ifndef START_STATE_H
#define START_STATE_H

#include "vmx/instructions.h"

enum vmx_state {
	NO_VMXE,                                /* outside of VMX operation, with CR4.VMXE = 0 */
	OUTSIDE,                                /* the same, with CR0 and CR4 as VMXON wants them */
	NO_CURRENT,                             /* in VMX root operation, without a current VMCS */
	CLEAR,                                  /* the current VMCS is clear */
	LAUNCHED,                               /* it is launched, and its guest could go on */
	SHADOW,                                 /* it is a shadow VMCS */
	INVALID_CONTROLS,                       /* it is clear, with a control that may not be 1 */
};

#define NO_POINTER hpa(~0ull)                   /* what VMPTRST stores without a current VMCS */

struct vmx_state_pointers {
	hpa_t vmxon, current;                   /* NO_POINTER where there is none */
};

/* Null if the state is reached, else the name of what this processor lacks for it. */
const char *vmx_state_start(enum vmx_state state, struct vmx_state_pointers *pointers);

/* VMRESUME of the VMCS of the state LAUNCHED, whose guest exits at its first instruction.
 * SUCCEEDED if it was entered. */
outcome_t vmx_state_resume(void);

/* Leaves VMX operation, and restores CR0, CR4 and memory, whatever the test did. */
void vmx_state_end(void);

#endif
