/* vm_start.c -- a VM starts with nothing of the VM before it */
#include "kernel/memory.h"
#include "tests/suites/guest_code.h"
#include "tests/test.h"
#include "vmx/guest_paging.h"

static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };
static const u8 read_rbx[] = { 0x48, 0x8b, 0x03, 0x0f, 0x01, 0xc1 };    /* mov rax, [rbx]; vmcall */

/* What comes of reading there, in a VM that has a page there or none. */
static void expect_read(u64 place, const u8 *page, u32 reason)
{
	struct vm vm;

	if (!guest_code_start(&vm, read_rbx, sizeof(read_rbx)))
		return;
	if (page)
		vm_map(&vm, gpa(place), ept_leaf(hpa_of(page), R, WB));
	vm.registers.rbx = place;
	vm_run(&vm);
	EXPECT_EQUAL(vm.exit.reason, reason);
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

/* Which guests do not reach, as they are not mapped in their own paging structures. */
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
