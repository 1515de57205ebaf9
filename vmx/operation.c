/* operation.c -- entering and leaving VMX operation */
#include "vmx/operation.h"
#include "kernel/control_registers.h"
#include "kernel/guarded.h"
#include "kernel/memory.h"
#include "kernel/panic.h"
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
static u64 cr0_before, cr4_before;

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

static void write_revision(u32 *page)
{
	page[0] = (u32)(vmx_capabilities.basic & REVISION_IDENTIFIER);
}

void *vmx_region_alloc(void)
{
	u32 *page = page_alloc_dirty();

	write_revision(page);
	return page;
}

hpa_t vmxon_region(void)
{
	return hpa_of(region);
}

void vmx_demand(outcome_t outcome, const char *what)
{
	char text[96];

	if (outcome == SUCCEEDED)
		return;
	outcome_text(text, sizeof(text), outcome);
	panic("%s: %s", what, text);
}

void vmx_enter_operation(void)
{
	const struct vmx_capabilities *has = &vmx_capabilities;
	hpa_t address = vmxon_region();

	if (in_operation)
		return;
	cr0_before = cr0_read();
	cr4_before = cr4_read();
	cr0_write((cr0_before | has->cr0_fixed0) & has->cr0_fixed1);
	cr4_write(((cr4_before | has->cr4_fixed0) & has->cr4_fixed1) | CR4_VMXE);
	write_revision(region);
	vmx_demand(vmxon(&address), "VMXON");
	in_operation = true;
}

void vmx_leave_operation(void)
{
	if (!in_operation)
		return;
	vmx_demand(vmxoff(), "VMXOFF");
	in_operation = false;
	cr4_write(cr4_before);
	cr0_write(cr0_before);
}

bool vmx_clear_current(void)
{
	hpa_t current = hpa(NO_VMCS);

	vmptrst(&current);
	return current.raw != NO_VMCS && vmclear(&current) == SUCCEEDED;
}
