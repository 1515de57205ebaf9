/* vm_start.c -- a new VM has nothing left of the VM before it, and has what its mode promises */
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"

#define DATA 0x40000000ul                       /* guest-physical, and below the engine's pages */

static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };
static const u8 read_rbx[] = { 0x48, 0x8b, 0x03, 0x0f, 0x01, 0xc1 };    /* mov rax, [rbx]; vmcall */

/* Expects the exit that a read of the place causes, in a VM that has a page there or none. */
static void expect_read(u64 place, const u8 *page, u32 reason)
{
	struct vm vm;

	if (!guest_code_start(&vm, read_rbx, sizeof(read_rbx)))
		return;
	if (page)
		vm_map(&vm, gpa(place), ept_leaf(hpa_of(page), R, WB));
	vm.registers.rbx = place;
	vm_run(&vm);
	EXPECT_EXIT(&vm, reason);
	vm_end(&vm);
}

TEST("vm/starts_without_pages_of_the_one_before",
     "a page that one VM maps beside the engine's is not there in the next VM", "")
{
	const u64 places[] = { 0xc0000000, VM_ENGINE_BASE.raw - PAGE_SIZE };

	for (unsigned i = 0; i < COUNT(places); i++) {
		expect_read(places[i], page_alloc(), EXIT_vmcall);
		expect_read(places[i], NULL, EXIT_ept_violation);
	}
}

/* Guests cannot reach these pages, which their own paging structures do not map.  So the test looks
 * at the EPT entry. */
TEST("vm/starts_without_engine_pages_of_the_one_before",
     "a page that one VM maps among the engine's is not there in the next VM", "")
{
	gpa_t place = gpa(VM_ENGINE_BASE.raw + VM_ENGINE_SIZE - PAGE_SIZE);
	struct vm vm;

	if (!guest_code_start(&vm, vmcall, sizeof(vmcall)))
		return;
	vm_map(&vm, place, ept_leaf(hpa_of(page_alloc()), R, WB));
	vm_end(&vm);
	if (!guest_code_start(&vm, vmcall, sizeof(vmcall)))
		return;
	EXPECT_EQUAL(*ept_find(&vm.ept, place, EPT_PT), 0);
	vm_end(&vm);
}

/* The pages are those in docs/scenarios.md.  Each mode comes after another one, of which nothing
 * may be left. */
TEST("vm/has_the_engine_pages_of_its_mode",
     "a VM has the guest paging structures of its mode, and not those of others", "")
{
	static const struct {
		enum guest_mode mode;
		u64 first, end;
	} rows[] = {
		{ MODE_long64, 0xffe00000, 0xffe06000 },
		{ MODE_pae, 0xffe02000, 0xffe07000 },
		{ MODE_paging32, 0xffe07000, 0xffe09000 },
		{ MODE_long64, 0xffe00000, 0xffe06000 },
	};
	struct vm vm;

	for (unsigned i = 0; i < COUNT(rows); i++) {
		if (!guest_code_start_in(rows[i].mode, &vm, vmcall, sizeof(vmcall)))
			return;
		for (u64 at = VM_ENGINE_BASE.raw; at < BIT(32); at += PAGE_SIZE)
			EXPECT_EQUAL(ept_is_present(*ept_find(&vm.ept, gpa(at), EPT_PT)),
				     at >= rows[i].first && at < rows[i].end);
		vm_end(&vm);
	}
}

/* A sum that changes if a page walk sets a flag in any of the engine's pages. */
static u64 sum_of_engine_pages(const struct vm *vm)
{
	u64 sum = 0;

	for (u64 offset = 0; offset < VM_ENGINE_SIZE; offset += PAGE_SIZE) {
		u64 entry = *ept_find(&vm->ept, gpa(VM_ENGINE_BASE.raw + offset), EPT_PT);

		for (unsigned i = 0; ept_is_present(entry) && i < PAGE_SIZE / sizeof(u64); i++)
			sum += ept_table_at(entry)[i];
	}
	return sum;
}

/* Writes at the place.  It is in a large page or, in mode paging32, may be in a small one. */
static void expect_no_flags_set(enum guest_mode mode, u64 place)
{
	static const u8 add_to_rbx[] = { 0x01, 0x03, 0x0f, 0x01, 0xc1 };        /* and VMCALL */
	struct vm vm;
	u64 before;

	if (!guest_code_start_in(mode, &vm, add_to_rbx, sizeof(add_to_rbx)))
		return;
	vm_map(&vm, gpa(place), ept_leaf(hpa_of(page_alloc()), RW, WB));
	vm.registers.rbx = place;
	before = sum_of_engine_pages(&vm);
	EXPECT(before != 0);
	vm_run(&vm);
	EXPECT_EXIT(&vm, EXIT_vmcall);
	EXPECT_EQUAL(sum_of_engine_pages(&vm), before);
	vm_end(&vm);
}

TEST("vm/walks_leave_engine_pages_alone",
     "accessed and dirty flags are set beforehand in the guest paging structures of every mode", "")
{
	for (enum guest_mode mode = 1; mode < GUEST_MODES; mode++)
		if (mode_has_paging(mode)) {
			expect_no_flags_set(mode, DATA);
			expect_no_flags_set(mode, VM_ENGINE_BASE.raw - PAGE_SIZE);
		}
}

/* The guest reads a page that is mapped, and then the same page when it is not. */
TEST("vm/ept_of_5_levels", "a guest runs with an EPT page-walk length of 5",
     "Extended-Page-Table Pointer (EPTP)")
{
	struct vm vm;

	if (!guest_code_start(&vm, read_rbx, sizeof(read_rbx)))
		return;
	if (vm_use_5_levels(&vm)) {
		vm_map(&vm, gpa(DATA), ept_leaf(hpa_of(page_alloc()), R, WB));
		vm.registers.rbx = DATA;
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		vm_map(&vm, gpa(DATA), 0);
		vm_invept();
		vmcs_write(GUEST_RIP, GUEST_CODE);
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_ept_violation);
		EXPECT_EQUAL(vm.exit.gpa.raw, DATA);
		EXPECT_EQUAL(vmcs_read(EPT_POINTER) >> 3 & 7, 4);
	} else {
		skip("needs ept_level_5: %s is 0", capability_row(CAPABILITY_ept_level_5)->source);
	}
	vm_end(&vm);
}

TEST("vm/ept_rules", "an EPT entry is judged by what this processor offers",
     "VPID and EPT Capabilities")
{
	struct ept_rules rules = vm_ept_rules();

	EXPECT_EQUAL(rules.execute_only, capability_offered(CAPABILITY_execute_only));
	EXPECT_EQUAL(rules.pages_2m, capability_offered(CAPABILITY_ept_2m_pages));
	EXPECT_EQUAL(rules.pages_1g, capability_offered(CAPABILITY_ept_1g_pages));
	EXPECT_EQUAL(rules.physical_width, cpuid(0x80000008, 0).eax & 0xff);
}
