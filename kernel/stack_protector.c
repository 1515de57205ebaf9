/* stack_protector.c -- what code compiled by `gcc -fstack-protector` needs at run time */
#include "kernel/stack_protector.h"

#include "kernel/cpu.h"
#include "kernel/panic.h"

#define CPUID_RDRAND BIT(30)                    /* CPUID.01H:ECX */

u64 __stack_chk_guard;
__attribute__((noreturn)) void __stack_chk_fail(void);

static u64 random_number(void)
{
	u64 number;

	if (cpuid(1, 0).ecx & CPUID_RDRAND)
		asm volatile ("rdrand %0" : "=r" (number) : : "cc");
	else
		number = tsc_read() * 0x9e3779b97f4a7c15;       /* spreads it over all bits */
	return number;
}

/* The lowest byte of the guard is zero: no string can run over the guard and leave it unchanged. */
__attribute__((no_stack_protector)) void stack_protector_start(void)
{
	__stack_chk_guard = random_number() & ~0xffull;
}

void __stack_chk_fail(void)
{
	panic("a function wrote past the end of its stack frame");
}
