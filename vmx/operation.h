/* operation.h -- entering and leaving VMX operation
 * (SDM vol. 3, "Enabling and Entering VMX Operation", "Restrictions on VMX Operation")
 */
#ifndef OPERATION_H
#define OPERATION_H

#include "vmx/instructions.h"

/* Why VMX cannot be used here; the first that applies. */
enum vmx_refusal {
	VMX_USABLE,
	VMX_NOT_IN_CPUID,                       /* CPUID.01H:ECX[5] is 0: no VMX MSR was read */
	VMX_LOCKED_OFF,                         /* IA32_FEATURE_CONTROL is locked without bit 2 */
};

/* Looks at CPUID, then at IA32_FEATURE_CONTROL, which it sets and locks if the firmware left it
 * open. */
enum vmx_refusal vmx_prepare(void);
/* "CPUID.01H:ECX[5] (VMX) is 0; ...": the missing bit and how to get it. */
const char *vmx_refusal_text(enum vmx_refusal refusal);

/* The kernel's CR0 and CR4 in VMX operation, with the bits that IA32_VMX_CR0_FIXED0 and the MSRs
 * like it demand. */
u64 vmx_cr0(void);
u64 vmx_cr4(void);

/* Enter VMX root operation, with CR0 and CR4 as above; leave it, with the kernel's.  Each does
 * nothing if that is so already, and panics if the processor refuses. */
void vmx_enter_operation(void);
void vmx_leave_operation(void);

/* Which of the two was called last. */
bool vmx_is_in_operation(void);

/* Gives CR0 and CR4 the values that they have now that vmx_enter_operation() or
 * vmx_leave_operation() was called last. */
void vmx_restore_control_registers(void);

/* Makes the current VMCS inactive and not current; false if there is none, as outside VMX
 * operation.  A processor may write a VMCS to its memory until then, whatever that memory is used
 * for by now (SDM vol. 3, "Software Use of Virtual-Machine Control Structures"). */
bool vmx_clear_current(void);

/* Panics, saying what was done and how it ended, unless it succeeded: for instructions that cannot
 * fail here. */
__attribute__((cold, noreturn)) void vmx_panic(outcome_t outcome, const char *what);
static inline void vmx_demand(outcome_t outcome, const char *what)
{
	if (outcome != SUCCEEDED)
		vmx_panic(outcome, what);
}

/* Write the VMCS revision identifier to a page's first word, and return the page: a VMXON region,
 * or a VMCS that has not been through VMCLEAR. */
void *vmx_region_prepare(u32 *page);
void *vmx_region_alloc(void);
/* The region that vmx_enter_operation() gave to VMXON. */
hpa_t vmxon_region(void);

#endif
