/* msrs.c -- RDMSR and WRMSR of the local APIC's registers, MSRs 0x800 to 0x8ff
 *
 * An MSR that is not virtual is the local APIC's own, and a fault unless that is in x2APIC mode.
 */
#include "kernel/cpu.h"
#include "tests/report/test.h"
#include "tests/suites/apic/apic_guest.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

#define APIC_BASE_X2APIC BIT(10)
#define FIRST_MSR        0x800u
#define WRITE_START      5                      /* of the code */

static const u8 code[] = {
	0x0f, 0x32, 0x0f, 0x01, 0xc1,           /* RDMSR */
	0x0f, 0x30, 0x0f, 0x01, 0xc1,           /* WRMSR */
};

/* Beside the registers: some that no local APIC has. */
static const u8 further_msrs[] = { 0x40, 0x7f, 0x80, 0xc0, 0xff };
#define MSRS (REGISTERS_END / 16 + COUNT(further_msrs))

struct msr_accesses { u32 controls; bool write; };

static u32 msr_offset(size_t which)
{
	size_t registers = MSRS - COUNT(further_msrs);

	return which < registers ? (u32)which : further_msrs[which - registers];
}

static bool is_virtual(const struct msr_accesses *setting, u32 msr)
{
	if (!(setting->controls & SECONDARY_virtualize_x2apic_mode))
		return false;
	return msr == 0x08 ||
	       (!setting->write && setting->controls & SECONDARY_apic_register_virtualization) ||
	       (setting->write && setting->controls & SECONDARY_virtual_interrupt_delivery &&
		(msr == 0x0b || msr == 0x3f));
}

static void expect_read(struct apic_guest *guest, u32 msr)
{
	u64 low = VIRTUAL_PATTERN(msr * 16), high = VIRTUAL_PATTERN(msr * 16 + 4);
	const struct registers *registers = &guest->vm.registers;

	if (guest->vm.exit.reason != EXIT_vmcall)
		FAIL("RDMSR of %#x: exit %s, expected vmcall", FIRST_MSR + msr,
		     exit_name(guest->vm.exit.reason));
	else if (registers->rax != low || registers->rdx != high)
		FAIL("RDMSR of %#x: %#lx and %#lx were read, expected %#lx and %#lx",
		     FIRST_MSR + msr, registers->rdx, registers->rax, high, low);
}

static void expect_fault(struct apic_guest *guest, const struct msr_accesses *setting, u32 msr)
{
	if (guest->vm.exit.reason != EXIT_exception_or_nmi)
		FAIL("%s of %#x: exit %s, expected a fault", setting->write ? "WRMSR" : "RDMSR",
		     FIRST_MSR + msr, exit_name(guest->vm.exit.reason));
	if (*apic_register(guest->virtual_page, msr * 16) != VIRTUAL_PATTERN(msr * 16) &&
	    msr * 16 != VIRTUAL_PPR)
		FAIL("the fault of %#x has written to the virtual-APIC page", FIRST_MSR + msr);
}

static void access(struct apic_guest *guest, const struct msr_accesses *setting, u32 msr)
{
	vmcs_write(GUEST_RIP, GUEST_CODE + (setting->write ? WRITE_START : 0));
	guest->vm.registers.rax = guest->vm.registers.rdx = 0;
	guest->vm.registers.rcx = FIRST_MSR + msr;
	vm_run(&guest->vm);
}

/* What is virtual of the writes has rows of its own in instructions.def. */
static void try(struct apic_guest *guest, const struct msr_accesses *setting, u32 msr)
{
	bool virtual = is_virtual(setting, msr);

	if (virtual ? setting->write : (bool)(msr_read(IA32_APIC_BASE) & APIC_BASE_X2APIC))
		return;
	access(guest, setting, msr);
	if (virtual)
		expect_read(guest, msr);
	else
		expect_fault(guest, setting, msr);
}

static void run_accesses(const struct test *test)
{
	const struct msr_accesses *setting = test->row;
	struct apic_guest guest;

	if (!capability_offered(CAPABILITY_msr_bitmaps)) {
		skip("needs \"use MSR bitmaps\", which this processor does not offer");
		return;
	}
	if (!apic_guest_start(&guest, code, sizeof(code), setting->controls))
		return;
	if (setting->controls & SECONDARY_virtual_interrupt_delivery)
		vmcs_write(GUEST_INTERRUPT_STATUS, 0);
	for (size_t i = 0; i < MSRS; i++)
		try(&guest, setting, msr_offset(i));
	vm_end(&guest.vm);
}

#define MSR_ACCESSES(name, controls, write, text)                                                  \
	static const struct msr_accesses accesses_##name = { controls, write };                    \
	TEST_ROW(name, run_accesses, &accesses_##name, "apic_msrs/" #name, text,                   \
		 "Virtualizing MSR-Based APIC Accesses");
#include "tests/suites/apic/msr_accesses.def"
#undef MSR_ACCESSES
