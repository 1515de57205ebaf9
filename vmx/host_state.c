/* host_state.c -- the processor state that every VM exit restores */
#include "vmx/host_state.h"
#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

static void write_selectors(void)
{
	vmcs_write(HOST_ES_SELECTOR, KERNEL_DATA);
	vmcs_write(HOST_CS_SELECTOR, KERNEL_CODE);
	vmcs_write(HOST_SS_SELECTOR, KERNEL_DATA);
	vmcs_write(HOST_DS_SELECTOR, KERNEL_DATA);
	vmcs_write(HOST_FS_SELECTOR, 0);
	vmcs_write(HOST_GS_SELECTOR, 0);
	vmcs_write(HOST_TR_SELECTOR, TASK_STATE);
}

static void write_bases(void)
{
	vmcs_write(HOST_FS_BASE, 0);
	vmcs_write(HOST_GS_BASE, 0);
	vmcs_write(HOST_TR_BASE, task_state_base());
	vmcs_write(HOST_GDTR_BASE, gdt_base());
	vmcs_write(HOST_IDTR_BASE, idt_base());
}

static void write_system_call_registers(void)
{
	vmcs_write(HOST_IA32_SYSENTER_CS, 0);
	vmcs_write(HOST_IA32_SYSENTER_ESP, 0);
	vmcs_write(HOST_IA32_SYSENTER_EIP, 0);
}

void host_state_write(void)
{
	write_selectors();
	write_bases();
	write_system_call_registers();
	vmcs_write(HOST_CR0, cr0_read());
	vmcs_write(HOST_CR3, cr3_read());
	vmcs_write(HOST_CR4, cr4_read());
	if (vmcs_read(EXIT_CONTROLS) & VM_EXIT_load_efer)
		vmcs_write(HOST_IA32_EFER, msr_read(IA32_EFER));
}
