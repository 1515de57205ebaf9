/* skip.c -- the guest goes on as if the instruction that exited had completed */
#include "tests/player/skip.h"
#include "kernel/flags.h"
#include "vmx/vm.h"

#define BLOCKING_BY_STI_OR_MOV_SS BITS(1, 0)    /* of the interruptibility state */
#define DEBUGCTL_BTF              BIT(1)        /* single-step on branches */
#define PENDING_SINGLE_STEP       BIT(14)       /* of pending debug exceptions */

/* Under an L0 each VMWRITE may be an exit, so what stays as it is is not written. */
static void clear_bits(enum vmcs_field field, u64 bits)
{
	u64 now = vmcs_read(field);

	if (now & bits)
		vmcs_write(field, now & ~bits);
}

void skip_completed(void)
{
	bool steps = vmcs_read(GUEST_RFLAGS) & RFLAGS_TF &&
		     !(vmcs_read(GUEST_IA32_DEBUGCTL) & DEBUGCTL_BTF);

	vm_skip_instruction();
	clear_bits(GUEST_INTERRUPTIBILITY_STATE, BLOCKING_BY_STI_OR_MOV_SS);
	clear_bits(GUEST_RFLAGS, RFLAGS_RF);
	if (steps)
		vmcs_write(GUEST_PENDING_DEBUG_EXCEPTIONS,
			   vmcs_read(GUEST_PENDING_DEBUG_EXCEPTIONS) | PENDING_SINGLE_STEP);
}
