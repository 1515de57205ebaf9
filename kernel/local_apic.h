/* local_apic.h -- the local APIC: its registers, by memory or MSRs, and its sources made quiet
 * (SDM vol. 3, "Advanced Programmable Interrupt Controller (APIC)")
 */
#ifndef LOCAL_APIC_H
#define LOCAL_APIC_H

#include "kernel/types.h"

/* Offsets of the memory-mapped registers; as MSRs they stand at 0x800 + offset / 16. */
enum apic_register {
	APIC_ID            = 0x020,
	APIC_VERSION       = 0x030,
	APIC_PRIORITY      = 0x080,             /* TPR */
	APIC_EOI           = 0x0b0,
	APIC_LOGICAL_ID    = 0x0d0,             /* LDR */
	APIC_FORMAT        = 0x0e0,             /* DFR */
	APIC_SPURIOUS      = 0x0f0,
	APIC_IN_SERVICE    = 0x100,             /* ISR: eight registers of 32 vectors */
	APIC_REQUESTED     = 0x200,             /* IRR: the same */
	APIC_LVT_CMCI      = 0x2f0,
	APIC_COMMAND       = 0x300,             /* ICR */
	APIC_DESTINATION   = 0x310,             /* of what ICR sends; none in x2APIC mode */
	APIC_LVT_TIMER     = 0x320,
	APIC_LVT_THERMAL   = 0x330,
	APIC_LVT_COUNTERS  = 0x340,
	APIC_LVT_LINT0     = 0x350,
	APIC_LVT_LINT1     = 0x360,
	APIC_LVT_ERROR     = 0x370,
	APIC_INITIAL_COUNT = 0x380,
	APIC_CURRENT_COUNT = 0x390,
	APIC_DIVIDE        = 0x3e0,
};

/* The vectors that the local APIC delivers; it keeps all below them back. */
#define APIC_FIRST_VECTOR    0xf0
#define APIC_SPURIOUS_VECTOR 0xff

void apic_write(enum apic_register which, u32 value);
u32 apic_read(enum apic_register which);

/* Sends INIT to all other processors, which then wait for a start that never comes: a firmware
 * may have left them running, in memory that this kernel is about to use.  Does nothing if the
 * local APIC is disabled (SDM vol. 3, "Typical BSP Initialization Sequence"). */
void local_apic_stop_others(void);

/* Enables the local APIC in the mode that it has, be it disabled, in x2APIC mode or elsewhere than
 * usual; masks its own sources, and keeps every vector below APIC_FIRST_VECTOR back.  False if this
 * processor has none, or if it cannot be enabled. */
bool local_apic_start(void);

/* Gives IA32_APIC_BASE back; and with `all`, or if the APIC was elsewhere or in another mode, all
 * that local_apic_start() sets.  False if the APIC is disabled or in another mode and stays so,
 * which some processors change at a reset only. */
bool local_apic_restore(bool all);

/* The highest vector that is in service or requested; 0 if none is. */
u8 apic_highest(enum apic_register which);

/* Leaves an interrupt of that vector pending for this processor itself. */
void apic_interrupt_self(u8 vector);
/* Whether one below APIC_FIRST_VECTOR was sent since apic_let_in_from(): it may be kept back. */
bool apic_may_keep_a_vector(void);
/* Sends this processor an NMI or INIT.  The shorthand "self" is for interrupts alone, so these go
 * to its own APIC ID (SDM vol. 3, "Determining IPI Destination"). */
void apic_nmi_self(void);
void apic_init_self(void);

/* Lets in what is of this vector's priority or above, or again only what the kernel asks for. */
void apic_let_in_from(u8 vector);
void apic_let_in_as_usual(void);

#endif
