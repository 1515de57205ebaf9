/* signals.c -- events that this processor sends to itself */
#include "kernel/signals.h"
#include "kernel/apic_timer.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"

bool signal_interrupt(u8 vector)
{
	if (!interrupts_open(vector))
		return false;
	apic_interrupt_self(vector);
	return true;
}

bool signal_interrupt_later(u8 vector, u32 milliseconds)
{
	return interrupts_open(vector) && apic_timer_interrupt(vector, milliseconds);
}

bool signal_nmi(void)
{
	if (!interrupts_start())
		return false;
	interrupts_block_nmi();
	apic_nmi_self();
	return true;
}

bool signal_init(void)
{
	if (!interrupts_start())
		return false;
	apic_init_self();
	return true;
}
