/* operation.c -- entering and leaving VMX operation */
#include "vmx/operation.h"
#include "kernel/control_registers.h"
#include "kernel/guarded.h"
#include "kernel/memory.h"
#include "kernel/panic.h"
#include "kernel/reset_state.h"
#include "vmx/capabilities.h"

#define NO_VMCS             ~0ull               /* what VMPTRST stores then */
#define CPUID_1_ECX_VMX     BIT(5)
#define REVISION_IDENTIFIER BITS(30, 0)         /* of IA32_VMX_BASIC */

enum {
	FEATURE_CONTROL_LOCK    = BIT(0),
	FEATURE_CONTROL_OUTSIDE = BIT(2),       /* enable VMX outside SMX operation */
};

/* Not from page_alloc(): VMX operation outlives the tests, which give their pages back. */
static _Alignas(PAGE_SIZE) u32 region[PAGE_SIZE / sizeof(u32)];

static bool in_operation;

enum vmx_refusal vmx_prepare(void)
{
	u64 control, bits = FEATURE_CONTROL_LOCK | FEATURE_CONTROL_OUTSIDE;

	if (!(cpuid(1, 0).ecx & CPUID_1_ECX_VMX))
		return VMX_NOT_IN_CPUID;
	/* Where CPUID reports VMX, this MSR must exist.  If an L0 lacks it all the same, VMXON
	 * itself will show whether VMX can be used. */
	if (try_rdmsr(IA32_FEATURE_CONTROL, &control))
		return VMX_USABLE;
	if (control & FEATURE_CONTROL_LOCK)
		return control & FEATURE_CONTROL_OUTSIDE ? VMX_USABLE : VMX_LOCKED_OFF;
	try_wrmsr(IA32_FEATURE_CONTROL, control | bits);
	return VMX_USABLE;
}

const char *vmx_refusal_text(enum vmx_refusal refusal)
{
	switch (refusal) {
	case VMX_USABLE:
		return "VMX can be used";
	case VMX_NOT_IN_CPUID:
		return "CPUID.01H:ECX[5] (VMX) is 0; QEMU shows it with -cpu host or +vmx, "
		       "KVM if kvm_intel was loaded with nested=1";
	case VMX_LOCKED_OFF:
		return "IA32_FEATURE_CONTROL[2] (VMX outside SMX operation) is 0, "
		       "locked by bit 0; switch VMX on in the firmware setup";
	}
	panic("no refusal has the number %u", refusal);
}

void *vmx_region_prepare(u32 *page)
{
	page[0] = (u32)(vmx_capabilities.basic & REVISION_IDENTIFIER);
	return page;
}

void *vmx_region_alloc(void)
{
	return vmx_region_prepare(page_alloc_dirty());
}

hpa_t vmxon_region(void)
{
	return hpa_of(region);
}

void vmx_panic(outcome_t outcome, const char *what)
{
	char text[96];

	outcome_text(text, sizeof(text), outcome);
	panic("%s: %s", what, text);
}

u64 vmx_cr0(void)
{
	return (kernel_cr0() | vmx_capabilities.cr0_fixed0) & vmx_capabilities.cr0_fixed1;
}

u64 vmx_cr4(void)
{
	return ((kernel_cr4() | vmx_capabilities.cr4_fixed0) & vmx_capabilities.cr4_fixed1) |
	       CR4_VMXE;
}

bool vmx_is_in_operation(void)
{
	return in_operation;
}

void vmx_enter_operation(void)
{
	hpa_t address = vmxon_region();

	if (in_operation)
		return;
	cr0_write(vmx_cr0());
	cr4_write(vmx_cr4());
	vmx_region_prepare(region);
	vmx_demand(vmxon(&address), "VMXON");
	in_operation = true;
}

void vmx_leave_operation(void)
{
	if (!in_operation)
		return;
	vmx_demand(vmxoff(), "VMXOFF");
	in_operation = false;
	cr4_write(kernel_cr4());
	cr0_write(kernel_cr0());
}

void vmx_restore_control_registers(void)
{
	u64 cr0 = in_operation ? vmx_cr0() : kernel_cr0();
	u64 cr4 = in_operation ? vmx_cr4() : kernel_cr4();

	if (cr0_read() != cr0)
		cr0_write(cr0);
	if (cr4_read() != cr4)
		cr4_write(cr4);
}

bool vmx_clear_current(void)
{
	hpa_t current = hpa(NO_VMCS);

	vmptrst(&current);
	return current.raw != NO_VMCS && vmclear(&current) == SUCCEEDED;
}
