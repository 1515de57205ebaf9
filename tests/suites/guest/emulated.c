/* emulated.c -- an access that an L0 emulates, as the page is a device's, walks like any other */
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/nmi.h"
#include "vmx/guest_paging.h"
#include "vmx/vmcs.h"

#define APIC_PAGE     0x8000                    /* where the guest finds the local APIC */
#define APIC_ID       0x020                     /* offset of a register */

/* mov eax, [rbx]; vmcall */
static const u8 load[] = { 0x8b, 0x03, 0x0f, 0x01, 0xc1 };

/* The guest loads 32 bits, which clears 32 others, from the local APIC, and EPT gives it these
 * permissions for its paging structures. */
static void expect_load(enum permission tables)
{
	struct vm vm;

	if (!guest_code_start(&vm, load, sizeof(load)))
		return;
	guest_paging_copy(MODE_long64, &vm.ept, tables);
	vm.registers.rbx = APIC_PAGE + APIC_ID;
	vm.registers.rax = ~0ul;
	if (nmi_prepare(&vm, gpa(APIC_PAGE))) {
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		EXPECT_EQUAL(vm.registers.rax >> 32, 0);
	}
	vm_end(&vm);
}

TEST("emulated/load_by_writable_tables",
     "a guest that may write to its paging structures loads from the local APIC",
     "EPT Translation Mechanism")
{
	expect_load(RW);
}

TEST("emulated/load_by_read_only_tables",
     "a guest that may only read its paging structures, whose accessed flags are set, loads from "
     "the local APIC",
     "EPT Violations")
{
	expect_load(R);
}
