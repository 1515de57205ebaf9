/* interrupt_guest.c -- a guest whose virtual interrupts are delivered */
#include "tests/suites/apic/interrupt_guest.h"
#include "kernel/local_apic.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/vmcs.h"

#define CODE_SEGMENT   0x00af9b000000ffff       /* flat, of 64 bits, present, accessed */
#define TOUCH          0x7000ul                 /* guest-physical and linear */
#define INTERRUPT_GATE (8ul << 16 | 0x8e00ul << 32)

static void *map_page(const struct vm *vm, u64 address, enum permission allowed)
{
	void *page = page_alloc();

	vm_map(vm, gpa(address), ept_leaf(hpa_of(page), allowed, WB));
	return page;
}

/* A gate has 16 bytes in 64-bit mode; the upper half of the address is 0. */
static void make_handlers(const struct vm *vm)
{
	u64 *idt = map_page(vm, GUEST_IDT, R);
	u32 *handlers = map_page(vm, HANDLERS, RX);

	for (unsigned vector = 0; vector < 256; vector++) {
		idt[2 * vector] = INTERRUPT_GATE | (HANDLERS + HANDLER_SIZE * vector);
		handlers[vector] = 0x90c1010f;  /* VMCALL; NOP */
	}
}

/* Reads GDT and IDT, writes to the stack, and jumps to the first handler. */
static const u8 touch_code[] = {
	0x48, 0x8b, 0x04, 0x25, GUEST_GDT & 0xff, GUEST_GDT >> 8, 0, 0,
	0x48, 0x8b, 0x04, 0x25, GUEST_IDT & 0xff, GUEST_IDT >> 8, 0, 0,
	0x48, 0x89, 0x04, 0x25, 0xf8, (GUEST_STACK >> 8) + 0xf, 0, 0,
	0xb8, HANDLERS & 0xff, HANDLERS >> 8, 0, 0, 0xff, 0xe0,
};

/* A guest that is a nested one gets memory from its L0 when it reaches it first, and what an L0
 * does then while an interrupt is delivered is no matter of these tests. */
static void touch_all(struct vm *vm)
{
	memcpy(map_page(vm, TOUCH, RX), touch_code, sizeof(touch_code));
	vmcs_write(GUEST_INTERRUPT_STATUS, 0);
	vmcs_write(GUEST_RIP, TOUCH);
	vm_run(vm);
	EXPECT_EXIT(vm, EXIT_vmcall);
	vmcs_write(GUEST_RIP, GUEST_CODE);
}

bool interrupt_guest_start(struct interrupt_guest *guest, const u8 *code, size_t size,
			   u32 controls)
{
	struct vm *vm = &guest->apic.vm;

	if (!apic_guest_start(&guest->apic, code, size, controls))
		return false;
	((u64 *)map_page(vm, GUEST_GDT, R))[1] = CODE_SEGMENT;
	make_handlers(vm);
	guest->stack_end = (u64 *)((u8 *)map_page(vm, GUEST_STACK, RW) + PAGE_SIZE);
	vmcs_write(GUEST_GDTR_BASE, GUEST_GDT);
	vmcs_write(GUEST_GDTR_LIMIT, PAGE_SIZE - 1);
	vmcs_write(GUEST_IDTR_BASE, GUEST_IDT);
	vmcs_write(GUEST_IDTR_LIMIT, PAGE_SIZE - 1);
	vmcs_write(GUEST_RSP, GUEST_STACK + PAGE_SIZE);
	apic_vectors_clear(guest->apic.virtual_page, APIC_REQUESTED);
	apic_vectors_clear(guest->apic.virtual_page, APIC_IN_SERVICE);
	touch_all(vm);
	*apic_register(guest->apic.virtual_page, VIRTUAL_PPR) = 0;
	return true;
}

u8 interrupt_guest_vector(void)
{
	u64 distance = vm_rip() - HANDLERS;

	return distance < PAGE_SIZE ? (u8)(distance / HANDLER_SIZE) : 0;
}
