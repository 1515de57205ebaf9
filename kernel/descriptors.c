/* descriptors.c -- GDT, TSS and IDT */
#include "kernel/descriptors.h"

#include "kernel/exceptions.h"
#include "kernel/stacks.h"

/* Fields of a segment descriptor; base and limit count only in compatibility mode. */
enum {
	SEGMENT_WRITABLE   = BIT(41),
	SEGMENT_READABLE   = BIT(41),
	SEGMENT_CODE       = BIT(43),
	SEGMENT_NOT_SYSTEM = BIT(44),
	SEGMENT_USER       = BITS(46, 45),
	SEGMENT_PRESENT    = BIT(47),
	SEGMENT_64_BIT     = BIT(53),
	SEGMENT_32_BIT     = BIT(54),
	SEGMENT_PAGES      = BIT(55),
	SEGMENT_ALL_LIMIT  = BITS(51, 48) | BITS(15, 0),

	SEGMENT_4_GIB      = SEGMENT_PRESENT | SEGMENT_NOT_SYSTEM |
			     SEGMENT_PAGES | SEGMENT_ALL_LIMIT,
	SEGMENT_DATA_4_GIB = SEGMENT_4_GIB | SEGMENT_WRITABLE | SEGMENT_32_BIT,
	SEGMENT_CODE_4_GIB = SEGMENT_4_GIB | SEGMENT_READABLE | SEGMENT_CODE,

	SYSTEM_TSS_AVAILABLE = 9ull << 40,
};

enum {
	GATE_INTERRUPT = 14 << 8,
	GATE_PRESENT   = 1 << 15,
};

struct __attribute__((packed)) task_state {
	u32 reserved_0;
	u64 stack_pointers[3];          /* RSP0 to RSP2 */
	u64 reserved_1;
	u64 interrupt_stacks[7];        /* IST1 to IST7 */
	u64 reserved_2;
	u16 reserved_3, io_map;
};
_Static_assert(sizeof(struct task_state) == 104, "as in the SDM's figure");

struct gate {
	u16 offset_low, selector, attributes, offset_middle;
	u32 offset_high, reserved;
};
_Static_assert(sizeof(struct gate) == 16, "as in the SDM's figure");

/* The operand of LGDT and LIDT. */
struct __attribute__((packed)) table_pointer {
	u16 limit;
	u64 base;
};

/* There is no I/O permission bitmap: it would begin where the segment ends. */
struct task_state task_state = { .io_map = sizeof(struct task_state) };

static __attribute__((aligned(16))) struct gate idt[VECTORS];

/* boot.asm loads this GDT before any C code runs. */
static __attribute__((aligned(16))) u64 gdt[] = {
	[KERNEL_CODE    / 8] = SEGMENT_CODE_4_GIB | SEGMENT_64_BIT,
	[KERNEL_DATA    / 8] = SEGMENT_DATA_4_GIB,
	[KERNEL_CODE_32 / 8] = SEGMENT_CODE_4_GIB | SEGMENT_32_BIT,
	[USER_DATA      / 8] = SEGMENT_DATA_4_GIB | SEGMENT_USER,
	[USER_CODE      / 8] = SEGMENT_CODE_4_GIB | SEGMENT_64_BIT | SEGMENT_USER,
	[TASK_STATE     / 8] = 0, 0,
};

const struct table_pointer gdt_pointer = { sizeof(gdt) - 1, (u64)gdt };

static void set_task_state_descriptor(void)
{
	u64 base = (u64)&task_state;

	gdt[TASK_STATE / 8] = SEGMENT_PRESENT | SYSTEM_TSS_AVAILABLE | (sizeof(task_state) - 1) |
			      (base & BITS(23, 0)) << 16 | (base & BITS(31, 24)) << 32;
	gdt[TASK_STATE / 8 + 1] = base >> 32;
}

static struct gate gate_to(const void *handler)
{
	u64 offset = (u64)handler;

	return (struct gate){
		.offset_low    = (u16)offset,
		.selector      = KERNEL_CODE,
		.attributes    = GATE_PRESENT | GATE_INTERRUPT,
		.offset_middle = (u16)(offset >> 16),
		.offset_high   = (u32)(offset >> 32),
	};
}

/* Gives the vector one of the seven stacks of the IST, whose numbers count from 1. */
static void set_stack(unsigned vector, unsigned number, const u8 *end)
{
	task_state.interrupt_stacks[number - 1] = (u64)end;
	idt[vector].attributes |= (u16)number;
}

/* LTR wants a TSS that is available, and makes it busy. */
void descriptors_load(void)
{
	static const struct table_pointer idt_pointer = { sizeof(idt) - 1, (u64)idt };

	set_task_state_descriptor();
	asm volatile ("lgdt %0" : : "m" (gdt_pointer));
	asm volatile ("lidt %0" : : "m" (idt_pointer));
	asm volatile ("ltr %w0" : : "r" (TASK_STATE) : "memory");
	asm volatile ("lldt %w0" : : "r" (0));
	asm volatile ("mov %0, %%ds; mov %0, %%es" : : "r" (KERNEL_DATA));
	asm volatile ("mov %0, %%fs; mov %0, %%gs" : : "r" (0));
}

void descriptors_start(const u8 stubs[VECTORS][STUB_SIZE])
{
	for (unsigned vector = 0; vector < VECTORS; vector++)
		idt[vector] = gate_to(stubs[vector]);
	set_stack(VECTOR_DF, 1, double_fault_stack_end);
	set_stack(VECTOR_NMI, 2, nmi_stack_end);
	set_stack(VECTOR_MC, 3, machine_check_stack_end);
	descriptors_load();
}

u64 gdt_base(void)        { return (u64)gdt; }
u64 idt_base(void)        { return (u64)idt; }
u64 task_state_base(void) { return (u64)&task_state; }
