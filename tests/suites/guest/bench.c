/* bench.c -- what a VM exit and a new VM cost, for `make bench`; run on request, as nothing is
 * claimed
 *
 * The costs are ticks of the time-stamp counter, which under Bochs are executed instructions.
 */
#include "kernel/cpu.h"
#include "kernel/interrupts.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/machine_restore.h"
#include "vmx/vmcs.h"

#define TURNS 256
#define DATA  0x100000ul                        /* guest-physical: a page for every turn */

static void note_cost(const char *name, u64 ticks)
{
	note("bench %s %lu instructions", name, ticks);
}

/* --- CPUID: one instruction exits, one leads back to it -------------------------------------- */

static const u8 cpuid_loop[] = { 0x0f, 0xa2, 0xeb, 0xfc };      /* cpuid; jmp $-2 */
#define CPUID_LOOP_GUEST 2                      /* instructions of the guest's, a turn */

TEST_ON_REQUEST("bench/cpuid_exit", "L1 instructions of a CPUID exit, answered and resumed", "")
{
	struct vm vm;
	u64 start;

	if (!guest_code_start(&vm, cpuid_loop, sizeof(cpuid_loop)))
		return;
	vm_run(&vm);
	start = tsc_read();
	for (unsigned i = 0; i < TURNS; i++) {
		vm_skip_instruction();
		vm_run(&vm);
	}
	note_cost("cpuid_exit", (tsc_read() - start) / TURNS - CPUID_LOOP_GUEST);
	EXPECT_EXIT(&vm, EXIT_cpuid);
	vm_end(&vm);
}

/* --- EPT violations: each turn reads the next page, which is not there yet ------------------- */

static const u8 page_loop[] = {
	0x48, 0x8b, 0x03,                               /* mov rax, [rbx] */
	0x48, 0x81, 0xc3, 0x00, 0x10, 0x00, 0x00,       /* add rbx, 4096 */
	0xeb, 0xf4,                                     /* jmp to the first */
};
#define PAGE_LOOP_GUEST 4                       /* the read twice: it faults, then it is repeated */

static inline void answer_violation(const struct vm *vm, const u8 *page)
{
	u64 leaf = ept_leaf(hpa_of(page), vm->exit.violation.wanted, WB);

	*ept_find(&vm->ept, vm->exit.gpa, EPT_PT) = leaf;
}

TEST_ON_REQUEST("bench/ept_violation_exit",
		"L1 instructions of an EPT violation, decoded, answered and resumed", "")
{
	struct vm vm;
	u8 *page;
	u64 start;

	if (!guest_code_start(&vm, page_loop, sizeof(page_loop)))
		return;
	page = page_alloc();
	vm_map(&vm, gpa(DATA), 0);
	vm.registers.rbx = DATA;
	vm_run(&vm);
	start = tsc_read();
	for (unsigned i = 0; i < TURNS; i++) {
		answer_violation(&vm, page);
		vm_run(&vm);
	}
	note_cost("ept_violation_exit", (tsc_read() - start) / TURNS - PAGE_LOOP_GUEST);
	EXPECT_EXIT(&vm, EXIT_ept_violation);
	EXPECT_EQUAL(vm.exit.gpa.raw, DATA + TURNS * PAGE_SIZE);
	vm_end(&vm);
}

/* --- A new VM: the guest itself tells when it began ------------------------------------------ */

static const u8 rdtsc_vmcall[] = { 0x0f, 0x31, 0x0f, 0x01, 0xc1 };

static u64 ticks_to_first_instruction(void)
{
	u64 start = tsc_read();
	struct vm vm;

	if (!guest_code_start(&vm, rdtsc_vmcall, sizeof(rdtsc_vmcall)))
		return 0;
	vm_run(&vm);
	vm_end(&vm);
	return (vm.registers.rdx << 32 | vm.registers.rax) - start;
}

TEST_ON_REQUEST("bench/fresh_vm", "instructions from starting a VM to its first VMLAUNCH", "")
{
	ticks_to_first_instruction();           /* makes what all VMs share */
	note_cost("fresh_vm", ticks_to_first_instruction());
}

/* --- What runs after each test --------------------------------------------------------------- */

static u64 ticks_of_restore(bool by_code)
{
	u64 start;

	machine_restore(by_code);
	start = tsc_read();
	machine_restore(by_code);
	return tsc_read() - start;
}

TEST_ON_REQUEST("bench/machine_restore", "instructions that give the machine back after a test", "")
{
	interrupts_start();
	note_cost("restore_after_scenario", ticks_of_restore(false));
	note_cost("restore_after_code", ticks_of_restore(true));
}
