/* apic_guest.h -- a guest whose local APIC is virtual
 * (SDM vol. 3, "APIC Virtualization and Virtual Interrupts")
 *
 * The pages are filled with patterns, so that what a guest reads tells where it read.
 */
#ifndef APIC_GUEST_H
#define APIC_GUEST_H

#include "vmx/capabilities.h"
#include "vmx/vm.h"

/* Where a guest finds its APIC-access page, guest-physical and linear. */
#define APIC_PAGE 0x5000ul

/* Registers of the virtual-APIC page beside those of kernel/local_apic.h. */
enum { VIRTUAL_PPR = 0x0a0, VIRTUAL_SELF_IPI = 0x3f0, REGISTERS_END = 0x400 };

/* Sets of controls.  The secondary ones have the bits of their word. */
#define USE_TPR_SHADOW BIT(31)
enum {
	ACCESSES   = SECONDARY_virtualize_apic_accesses,
	X2APIC     = SECONDARY_virtualize_x2apic_mode | USE_TPR_SHADOW,
	SHADOW     = USE_TPR_SHADOW,
	REGISTERS  = SECONDARY_apic_register_virtualization | USE_TPR_SHADOW,
	DELIVERY   = SECONDARY_virtual_interrupt_delivery | USE_TPR_SHADOW,
};

struct apic_guest {
	struct vm vm;
	u8 *virtual_page;                       /* the virtual-APIC page */
	u8 *access_page;                        /* behind the APIC-access page; nobody touches it */
};

/* Starts a guest of that code with these controls, and with TPR threshold 0; CR8 accesses do not
 * exit, nor do RDMSR and WRMSR where the processor has MSR bitmaps.  False after skip(). */
bool apic_guest_start(struct apic_guest *guest, const u8 *code, size_t size, u32 controls);

/* A dword of one of the pages. */
static inline u32 *apic_register(u8 *page, u32 offset)
{
	return (u32 *)(page + offset);
}

/* What the pages are filled with. */
#define VIRTUAL_PATTERN(offset) (0xa5000000u | (offset))
#define ACCESS_PATTERN(offset)  (0x3c000000u | (offset))

/* Sets or tests the bit of a vector in one of the registers of 256 bits (APIC_IN_SERVICE,
 * APIC_REQUESTED) of the virtual-APIC page, and clears all of the register. */
void apic_vector_set(u8 *page, u32 offset, u8 vector);
bool apic_vector_is_set(u8 *page, u32 offset, u8 vector);
void apic_vectors_clear(u8 *page, u32 offset);

#endif
