/* nmi.c -- an NMI that a guest sends to its own processor */
#include "tests/suites/guest/nmi.h"
#include "kernel/cpu.h"
#include "kernel/interrupts.h"
#include "tests/report/test.h"

#define APIC_BASE_ADDRESS BITS(51, 12)          /* of IA32_APIC_BASE */
#define APIC_BASE_X2APIC  BIT(10)

#define APIC_ID           0x020                 /* registers: their offsets */
#define APIC_DESTINATION  0x310

bool nmi_prepare(const struct vm *vm, gpa_t address)
{
	bool enabled = interrupts_start();
	u64 base = enabled ? msr_read(IA32_APIC_BASE) : 0;
	volatile u8 *registers = (volatile u8 *)(base & APIC_BASE_ADDRESS);

	if (!enabled || base & APIC_BASE_X2APIC) {
		skip("needs a local APIC whose registers are in memory");
		return false;
	}
	*(volatile u32 *)(registers + APIC_DESTINATION) = *(volatile u32 *)(registers + APIC_ID);
	vm_map(vm, address, ept_leaf(hpa(base & APIC_BASE_ADDRESS), RW, UC));
	return true;
}
