/* virtual_nmi.c -- ends what a guest with virtual NMIs may leave */
#include "vmx/virtual_nmi.h"
#include "vmx/capabilities.h"
#include "vmx/throwaway_guest.h"

/* It ends blocking by NMI even if it faults, as it does without a stack. */
static const u8 iretq[] = { 0x48, 0xcf };

void virtual_nmi_unblock(void)
{
	throwaway_guest_run(iretq, sizeof(iretq), PIN_BASED_virtual_nmis);
}
