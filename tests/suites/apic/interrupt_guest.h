/* interrupt_guest.h -- a guest whose virtual interrupts are delivered: it has a GDT, a stack, and
 * an IDT whose 256 handlers exit by VMCALL
 */
#ifndef INTERRUPT_GUEST_H
#define INTERRUPT_GUEST_H

#include "tests/suites/apic/apic_guest.h"

/* Guest-physical and linear. */
enum { GUEST_GDT = 0x2000, GUEST_IDT = 0x3000, GUEST_STACK = 0x4000, HANDLERS = 0x6000 };
enum { HANDLER_SIZE = 4 };

struct interrupt_guest {
	struct apic_guest apic;
	u64 *stack_end;                         /* the end of the stack, as the host sees it */
};

/* As apic_guest_start(), with an empty VIRR and VISR.  The guest has reached all of these pages
 * once when this returns. */
bool interrupt_guest_start(struct interrupt_guest *guest, const u8 *code, size_t size,
			   u32 controls);

/* The vector whose handler has exited, and 0 if RIP is at none. */
u8 interrupt_guest_vector(void);

/* Where the interrupt that was delivered found RIP. */
static inline u64 interrupt_guest_returns_to(const struct interrupt_guest *guest)
{
	return guest->stack_end[-5];
}

#endif
