/* descriptors.h -- GDT, TSS and IDT (SDM vol. 3, "Segment Descriptors", "64-Bit Mode Task State
 * Segment", "64-Bit Mode IDT")
 */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include "kernel/types.h"

enum selector {
#define SELECTOR(number, name) name = number,
#include "kernel/selectors.def"
#undef SELECTOR
};

#define REQUESTED_PRIVILEGE_USER 3

/* As LGDT and LIDT take it. */
struct __attribute__((packed)) table_pointer {
	u16 limit;
	u64 base;
};

/* Loads GDT, TSS (busy from then on) and IDT; no gate is present yet. */
void descriptors_start(void);

/* An interrupt gate at DPL 0 in KERNEL_CODE; stack is its IST entry, 0 for the stack in use. */
enum interrupt_stack { SAME_STACK, DOUBLE_FAULT_STACK, NMI_STACK };
void descriptors_set_gate(unsigned vector, const void *handler, enum interrupt_stack stack);

/* What the host-state area of a VMCS wants: linear base addresses. */
u64 gdt_base(void);
u64 idt_base(void);
u64 task_state_base(void);

/* The IST entry of a present gate, for the tests; -1 where none is present. */
int descriptors_gate_stack(unsigned vector);

#endif
