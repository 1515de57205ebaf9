/* interrupts.h -- interrupts from outside: this kernel asks for none but its own timer's
 * (SDM vol. 3, "Handling Interrupts")
 */
#ifndef INTERRUPTS_H
#define INTERRUPTS_H

#include "kernel/types.h"

/* Interrupts that nobody here has asked for: how many there were, and the last one's vector. */
extern struct foreign_interrupts {
	u64 count;
	u8 vector;
} foreign_interrupts;

/* Makes all sources quiet that a firmware may have left: both 8259s, the I/O APICs, and what the
 * local APIC has itself.  What they have requested already is acknowledged and counted.  What still
 * comes, a message of a device for example, is kept back if its vector is below APIC_FIRST_VECTOR.
 * Does so once, at the first call; false if there is no local APIC. */
bool interrupts_start(void);

/* Tells the local APIC that an interrupt of this vector was delivered (EOI), unless the vector is
 * that of spurious interrupts, which are never in service. */
void interrupts_acknowledge(u8 vector);
/* Counts an interrupt that nobody here has asked for. */
void interrupts_note_foreign(u8 vector);

/* Lets the interrupt in that the local APIC would deliver next, and acknowledges it.  Returns its
 * vector; 0 if none was pending. */
u8 interrupts_let_in(void);

/* Ends blocking by NMI, which an NMI begins, also one that exits from a guest.  An NMI that was
 * blocked comes then, and is dropped.  Loads RFLAGS, CS and SS besides. */
void interrupts_unblock_nmi(void);

/* Begins blocking by NMI: an NMI that comes from now on waits, in a guest as its interruptibility
 * state says, and in the kernel until interrupts_unblock_nmi().  One that comes in the kernel all
 * the same, as the L0 has ended the blocking, is dropped.  Needs interrupts_start(). */
void interrupts_block_nmi(void);

/* Sends this processor an NMI, and tells whether it comes; if it is blocked, it stays pending until
 * interrupts_unblock_nmi().  Needs interrupts_start(). */
bool interrupts_nmi_comes(void);

/* How many NMIs came in the kernel, and were dropped. */
u32 interrupts_nmis_taken(void);

/* Lets interrupts of this vector's priority and above in as well, wherever they are not masked,
 * until interrupts_restore(); takes first what was kept back.  False if there is no local APIC. */
bool interrupts_open(u8 vector);

/* Makes everything quiet again after a test: the local APIC, what it has pending or, with
 * devices_too, in service, and then the 8259s as well.  False if the local APIC cannot be given
 * back (local_apic_restore()). */
bool interrupts_restore(bool devices_too);

/* For traps.c: false if this vector is no interrupt that was let in. */
bool interrupts_arrived(u8 vector);

#endif
