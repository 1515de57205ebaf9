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

#define VECTORS   256
#define STUB_SIZE 8

/* Fills the IDT, with an interrupt gate at DPL 0 to each vector's stub, and loads all.  Double
 * fault and NMI get stacks of their own. */
void descriptors_start(const u8 stubs[VECTORS][STUB_SIZE]);

/* Loads GDT, IDT, TSS (busy from then on), a null LDT, and the data segment registers. */
void descriptors_load(void);

/* Linear base addresses, for the host-state area of a VMCS. */
u64 gdt_base(void);
u64 idt_base(void);
u64 task_state_base(void);

#endif
