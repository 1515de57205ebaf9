/* visible_registers.h -- what the processor tells of its own segment, debug and table registers */
#ifndef VISIBLE_REGISTERS_H
#define VISIBLE_REGISTERS_H

#include "kernel/types.h"

#define REGISTER(name, type, instruction)                                                          \
	static inline type name##_get(void)                                                        \
	{                                                                                          \
		type value;                                                                        \
		asm volatile (instruction " %0" : "=r" (value));                                   \
		return value;                                                                      \
	}
#define SETTABLE(name, type)                                                                       \
	REGISTER(name, type, "mov %%" #name ",")                                                   \
	static inline void name##_set(type value)                                                  \
	{                                                                                          \
		asm volatile ("mov %0, %%" #name : : "r" (value));                                 \
	}
REGISTER(cs, u16, "mov %%cs,")
REGISTER(ss, u16, "mov %%ss,")
REGISTER(tr, u16, "str")
REGISTER(ldtr, u16, "sldt")
SETTABLE(ds, u16)
SETTABLE(es, u16)
SETTABLE(fs, u16)
SETTABLE(gs, u16)
SETTABLE(dr6, u64)
SETTABLE(dr7, u64)
#undef SETTABLE
#undef REGISTER

/* The operand of LGDT, LIDT and what stores them. */
struct __attribute__((packed)) table_register {
	u16 limit;
	u64 base;
};

static inline struct table_register gdtr_get(void)
{
	struct table_register value;

	asm volatile ("sgdt %0" : "=m" (value));
	return value;
}

static inline struct table_register idtr_get(void)
{
	struct table_register value;

	asm volatile ("sidt %0" : "=m" (value));
	return value;
}

#endif
