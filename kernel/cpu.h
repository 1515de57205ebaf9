/* cpu.h -- instructions that C cannot express: CPUID, RDMSR, WRMSR, RDTSC, MOV to and from CR */
#ifndef CPU_H
#define CPU_H

#include "kernel/types.h"

enum msr {
#define MSR(number, name) name = number,
#include "kernel/msr.def"
#undef MSR
};

struct cpuid {
	u32 eax, ebx, ecx, edx;
};

static inline struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	struct cpuid result;

	asm volatile ("cpuid"
		      : "=a" (result.eax), "=b" (result.ebx), "=c" (result.ecx), "=d" (result.edx)
		      : "a" (leaf), "c" (subleaf));
	return result;
}

static inline u64 msr_read(enum msr msr)
{
	u32 low, high;

	asm volatile ("rdmsr" : "=a" (low), "=d" (high) : "c" (msr));
	return (u64)high << 32 | low;
}

static inline void msr_write(enum msr msr, u64 value)
{
	asm volatile ("wrmsr" : : "a" ((u32)value), "d" ((u32)(value >> 32)), "c" (msr) : "memory");
}

static inline u64 tsc_read(void)
{
	u32 low, high;

	asm volatile ("rdtsc" : "=a" (low), "=d" (high));
	return (u64)high << 32 | low;
}

#define CONTROL_REGISTER(name)                                                                     \
	static inline u64 name##_read(void)                                                        \
	{                                                                                          \
		u64 value;                                                                         \
		asm volatile ("mov %%" #name ", %0" : "=r" (value));                               \
		return value;                                                                      \
	}                                                                                          \
	static inline void name##_write(u64 value)                                                 \
	{                                                                                          \
		asm volatile ("mov %0, %%" #name : : "r" (value) : "memory");                      \
	}

CONTROL_REGISTER(cr0)
CONTROL_REGISTER(cr2)
CONTROL_REGISTER(cr3)
CONTROL_REGISTER(cr4)
CONTROL_REGISTER(cr8)

#undef CONTROL_REGISTER
#endif
