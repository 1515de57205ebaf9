/* apic_timer.c -- the local APIC's timer as a one-shot alarm, by MSRs or by memory */
#include "kernel/apic_timer.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"

#define CPUID_1_EDX_APIC      BIT(9)

#define APIC_BASE_ADDRESS     BITS(51, 12)
#define APIC_BASE_X2APIC      BIT(10)
#define APIC_BASE_ENABLE      BIT(11)

/* Offsets of the memory-mapped registers; as MSRs they stand at X2APIC + offset / 16. */
enum apic_register {
	APIC_EOI           = 0x0b0,
	APIC_SPURIOUS      = 0x0f0,
	APIC_LVT_TIMER     = 0x320,
	APIC_INITIAL_COUNT = 0x380,
	APIC_CURRENT_COUNT = 0x390,
	APIC_DIVIDE        = 0x3e0,
};
#define X2APIC 0x800

#define APIC_SOFTWARE_ENABLE  BIT(8)
#define APIC_SPURIOUS_VECTOR  0xff
#define APIC_DIVIDE_BY_16     3

static u64 base;                                /* IA32_APIC_BASE */
static u64 counts_per_millisecond;

static void apic_write(enum apic_register which, u32 value)
{
	if (base & APIC_BASE_X2APIC)
		msr_write(X2APIC + which / 16, value);
	else
		*(volatile u32 *)((base & APIC_BASE_ADDRESS) + which) = value;
}

static u32 apic_read(enum apic_register which)
{
	if (base & APIC_BASE_X2APIC)
		return (u32)msr_read(X2APIC + which / 16);
	return *(volatile u32 *)((base & APIC_BASE_ADDRESS) + which);
}

static u64 measure(void)
{
	u64 start = tsc_read();

	apic_write(APIC_INITIAL_COUNT, ~0u);
	while (tsc_read() - start < clock_ticks_per_millisecond())
		asm volatile ("pause");
	return ~0u - apic_read(APIC_CURRENT_COUNT);
}

bool apic_timer_start(void)
{
	if (!(cpuid(1, 0).edx & CPUID_1_EDX_APIC))
		return false;
	base = msr_read(IA32_APIC_BASE) | APIC_BASE_ENABLE;
	msr_write(IA32_APIC_BASE, base);
	apic_write(APIC_SPURIOUS, APIC_SOFTWARE_ENABLE | APIC_SPURIOUS_VECTOR);
	apic_write(APIC_DIVIDE, APIC_DIVIDE_BY_16);
	apic_write(APIC_LVT_TIMER, APIC_TIMER_VECTOR);
	counts_per_millisecond = measure();
	apic_timer_disarm();
	return counts_per_millisecond;
}

void apic_timer_arm(u32 milliseconds)
{
	u64 count = milliseconds * counts_per_millisecond;

	apic_write(APIC_INITIAL_COUNT, count < ~0u ? (u32)count : ~0u);
}

void apic_timer_disarm(void)
{
	apic_write(APIC_INITIAL_COUNT, 0);
}

void apic_timer_acknowledge(void)
{
	apic_write(APIC_EOI, 0);
}
