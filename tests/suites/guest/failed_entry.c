/* failed_entry.c -- a VM goes on after an entry that failed, be it the first one or a later one */
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/vmcs.h"

/* vmcall; jmp $-3 */
static const u8 vmcalls[] = { 0x0f, 0x01, 0xc1, 0xeb, 0xfb };

/* What keeps the processor from entering the guest, and how it says so: more CR3-target values than
 * the SDM allows, a null selector, bit 1 of RFLAGS, and a list of MSRs that is illegal. */
static const struct failure {
	enum vmcs_field field;
	u32 value;
	u32 reason;
} failures[] = {
	{ CR3_TARGET_COUNT,     512, EXIT_REFUSED(7) },
	{ HOST_CS_SELECTOR,     0,   EXIT_REFUSED(8) },
	{ GUEST_RFLAGS,         0,   EXIT_invalid_guest_state },
	{ ENTRY_MSR_LOAD_COUNT, 1,   EXIT_msr_loading },
};

/* VM entry may not load IA32_FS_BASE by the list, which counts only if its count is not 0
 * (SDM vol. 3, "Loading MSRs"). */
static void make_illegal_msr_list(void)
{
	u32 *list = page_alloc();

	list[0] = IA32_FS_BASE;
	vmcs_write(ENTRY_MSR_LOAD_ADDRESS, hpa_of(list).raw);
}

static void enter_in_vain(struct vm *vm, const struct failure *failure)
{
	u64 good = vmcs_read(failure->field);

	vmcs_write(failure->field, failure->value);
	vm_run(vm);
	EXPECT_EXIT(vm, failure->reason);
	vmcs_write(failure->field, good);
}

static void expect_vmcall(struct vm *vm)
{
	vm_run(vm);
	EXPECT_EXIT(vm, EXIT_vmcall);
	vm_skip_instruction();
}

/* An entry fails after so many that succeeded: a VM is launched by the first one that does. */
static void expect_to_go_on(const struct failure *failure, unsigned entries)
{
	struct vm vm;

	if (!guest_code_start(&vm, vmcalls, sizeof(vmcalls)))
		return;
	make_illegal_msr_list();
	for (unsigned i = 0; i < entries; i++)
		expect_vmcall(&vm);
	enter_in_vain(&vm, failure);
	enter_in_vain(&vm, failure);
	expect_vmcall(&vm);
	expect_vmcall(&vm);
	vm_end(&vm);
}

TEST("vm/goes_on_after_a_failed_entry",
     "a VM is entered after entries that failed, by VMLAUNCH until one has succeeded",
     "VMLAUNCH/VMRESUME--Launch/Resume Virtual Machine")
{
	for (unsigned i = 0; i < COUNT(failures); i++)
		for (unsigned entries = 0; entries < 4; entries++)
			expect_to_go_on(&failures[i], entries);
}

TEST_ON_REQUEST("refused/entry_of_a_test_in_c",
		"a test that enters an illegal guest fails, with the rule that it violates", "")
{
	struct vm vm;

	if (!guest_code_start(&vm, vmcalls, sizeof(vmcalls)))
		return;
	vmcs_write(GUEST_RFLAGS, 0);
	expect_vmcall(&vm);
	vm_end(&vm);
}
