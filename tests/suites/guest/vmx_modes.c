/* vmx_modes.c -- VMX instructions in real-address, virtual-8086 and compatibility mode are #UD, but
 * for VMCALL, which exits
 *
 * The mode is looked at before VMX non-root operation is (SDM vol. 3, "VMX Instruction Reference"):
 * so a guest in such a mode has the exception, and no VM exit for the instruction.
 */
#include "kernel/exceptions.h"
#include "kernel/flags.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"

static const struct {
	const char *name, *code;
} instructions[] = {
#define VMX_IN_MODE(name, code) { name, code },
#include "tests/suites/guest/vmx_modes.def"
#undef VMX_IN_MODE
};

#define SEGMENT_OF_VIRTUAL_8086 0xf3            /* access rights: data, writable, accessed, DPL 3 */
#define CODE_64                 BIT(13)         /* access rights: L */

static void virtual_8086(void)
{
	static const u16 rights[] = {
		GUEST_ES_ACCESS_RIGHTS, GUEST_CS_ACCESS_RIGHTS, GUEST_SS_ACCESS_RIGHTS,
		GUEST_DS_ACCESS_RIGHTS, GUEST_FS_ACCESS_RIGHTS, GUEST_GS_ACCESS_RIGHTS,
	};
	static const u16 limits[] = {
		GUEST_ES_LIMIT, GUEST_CS_LIMIT, GUEST_SS_LIMIT,
		GUEST_DS_LIMIT, GUEST_FS_LIMIT, GUEST_GS_LIMIT,
	};
	static const u16 selectors[] = {
		GUEST_ES_SELECTOR, GUEST_CS_SELECTOR, GUEST_SS_SELECTOR,
		GUEST_DS_SELECTOR, GUEST_FS_SELECTOR, GUEST_GS_SELECTOR,
	};

	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_VM);
	for (unsigned i = 0; i < COUNT(rights); i++) {
		vmcs_write(selectors[i], 0);
		vmcs_write(limits[i], 0xffff);
		vmcs_write(rights[i], SEGMENT_OF_VIRTUAL_8086);
	}
}

static void compatibility(void)
{
	u64 rights = vmcs_read(GUEST_CS_ACCESS_RIGHTS);

	vmcs_write(GUEST_CS_ACCESS_RIGHTS, (rights & ~(u64)CODE_64) | BIT(14));
}

static void as_it_starts(void)
{
}

static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };

static void expect_vmcall(enum guest_mode mode, void (*enter)(void))
{
	struct vm vm;

	if (!guest_code_start_in(mode, &vm, vmcall, sizeof(vmcall)))
		return;
	enter();
	vm_run(&vm);
	EXPECT_EXIT(&vm, EXIT_vmcall);
	vm_end(&vm);
}

static void expect_invalid_opcode(const struct vm *vm, const char *name)
{
	struct interruption event;

	if (vm->exit.reason != EXIT_exception_or_nmi) {
		FAIL("%s: exit is %s, expected #UD", name, exit_name(vm->exit.reason));
		return;
	}
	event = interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION));
	if (event.vector != VECTOR_UD)
		FAIL("%s: exception %u, expected #UD", name, event.vector);
	EXPECT_EQUAL(vm_rip(), GUEST_CODE);
}

/* False after skip(), if the processor has no such guests. */
static bool try_instruction(enum guest_mode mode, void (*enter)(void), unsigned which)
{
	const char *code = instructions[which].code;
	struct vm vm;

	if (!guest_code_start_in(mode, &vm, (const u8 *)code, strlen(code)))
		return false;
	enter();
	vm_run(&vm);
	expect_invalid_opcode(&vm, instructions[which].name);
	vm_end(&vm);
	return true;
}

static void try_each(enum guest_mode mode, void (*enter)(void))
{
	for (unsigned i = 0; i < COUNT(instructions); i++)
		if (!try_instruction(mode, enter, i))
			return;
}

TEST("vmx_modes/real_address", "VMX instructions in real-address mode are #UD",
     "VMX Instruction Reference")
{
	try_each(MODE_real16, as_it_starts);
}

TEST("vmx_modes/virtual_8086", "VMX instructions in virtual-8086 mode are #UD",
     "VMX Instruction Reference")
{
	try_each(MODE_paging32, virtual_8086);
}

TEST("vmx_modes/compatibility", "VMX instructions of a guest in compatibility mode are #UD",
     "VMX Instruction Reference")
{
	try_each(MODE_long64, compatibility);
}

TEST("vmcall/exits_in_real_address", "VMCALL in real-address mode exits",
     "VMCALL--Call to VM Monitor")
{
	expect_vmcall(MODE_real16, as_it_starts);
}

TEST("vmcall/exits_in_virtual_8086", "VMCALL in virtual-8086 mode exits",
     "VMCALL--Call to VM Monitor")
{
	expect_vmcall(MODE_paging32, virtual_8086);
}

TEST("vmcall/exits_in_compatibility", "VMCALL of a guest in compatibility mode exits",
     "VMCALL--Call to VM Monitor")
{
	expect_vmcall(MODE_long64, compatibility);
}
