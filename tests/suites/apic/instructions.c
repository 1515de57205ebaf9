/* instructions.c -- single accesses to a virtual local APIC: by memory, of every size, by MSR, and
 * by CR8 */
#include "kernel/exceptions.h"
#include "tests/report/test.h"
#include "tests/suites/apic/apic_guest.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/vmcs.h"

#define MOV_FROM_CR8 "\x44\x0f\x20\xc0"         /* MOV RAX, CR8 */
#define MOV_TO_CR8   "\x44\x0f\x22\xc0"
#define WRITE_MSR    "\x0f\x30"
#define LOAD_1       "\x8a\x03"                 /* MOV AL, [RBX] */
#define LOAD_2       "\x66\x8b\x03"
#define LOAD_4       "\x8b\x03"
#define LOAD_8       "\x48\x8b\x03"
#define STORE_1      "\x88\x03"
#define STORE_2      "\x66\x89\x03"
#define STORE_4      "\x89\x03"
#define STORE_8      "\x48\x89\x03"
#define ADD_4        "\x01\x03"                 /* ADD [RBX], EAX */
#define PREFETCH     "\x0f\x18\x0b"
#define NOP_4        "\x90\x90\x90\x90"
#define VMCALL       "\x0f\x01\xc1"

struct apic_instruction {
	const char *code;
	size_t size;
	u64 before, value, after, result;
	u32 controls, line;
	u16 threshold, offset, qualification, reason, moved;
};

#define EXPECT_SAME(row, what, found, expected)                                                    \
	do {                                                                                       \
		if ((found) != (expected))                                                         \
			fail_at(DEF, (row)->line, "%s is %#lx, expected %#lx", what,               \
				(u64)(found), (u64)(expected));                                    \
	} while (0)
#define DEF "tests/suites/apic/instructions.def"

static void expect_gp(const struct apic_instruction *row)
{
	EXPECT_SAME(row, "the vector",
		    interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION)).vector,
		    VECTOR_GP);
}

static void expect(const struct apic_instruction *row, const struct apic_guest *guest,
		   const u64 *there)
{
	const struct exit *exit = &guest->vm.exit;

	if (exit->reason != row->reason) {
		expect_exit_at(DEF, row->line, &guest->vm, row->reason);
		return;
	}
	EXPECT_SAME(row, "the exit qualification", exit->qualification, row->qualification);
	EXPECT_SAME(row, "RIP", vm_rip(), GUEST_CODE + (u64)row->moved);
	EXPECT_SAME(row, "the virtual register", *there, row->after);
	EXPECT_SAME(row, "RAX", guest->vm.registers.rax, row->result);
	if (row->reason == EXIT_exception_or_nmi)
		expect_gp(row);
}

static void run_instruction(const struct test *test)
{
	const struct apic_instruction *row = test->row;
	u32 register_offset = row->offset & ~15u;
	struct apic_guest guest;
	u64 *there;

	if (!apic_guest_start(&guest, (const u8 *)row->code, row->size, row->controls))
		return;
	there = (u64 *)(guest.virtual_page + register_offset);
	*there = row->before;
	vmcs_write(TPR_THRESHOLD, row->threshold);
	if (row->controls & SECONDARY_virtual_interrupt_delivery)
		vmcs_write(GUEST_INTERRUPT_STATUS, 0);
	guest.vm.registers.rax = row->value;
	guest.vm.registers.rdx = row->value >> 32;
	guest.vm.registers.rbx = APIC_PAGE + row->offset;
	guest.vm.registers.rcx = 0x800 + register_offset / 16;
	vm_run(&guest.vm);
	expect(row, &guest, there);
	vm_end(&guest.vm);
}

#define APIC_INSTRUCTION(name, code, controls, threshold, offset, before, value, reason, moved,    \
			 qualification, after, result, text)                                       \
	static const struct apic_instruction instruction_##name = {                                \
		code VMCALL, sizeof(code VMCALL) - 1, before, value, after, result, controls,      \
		__LINE__, threshold, offset, qualification, EXIT_##reason, moved };                \
	TEST_ROW(name, run_instruction, &instruction_##name, "apic_instructions/" #name, text,     \
		 "APIC Virtualization and Virtual Interrupts");
#include "tests/suites/apic/instructions.def"
#undef APIC_INSTRUCTION

/* The TPR shadow with each threshold: by MOV to CR8 of the value below it, and of its own. */
TEST("apic_instructions/every_threshold",
     "MOV to CR8 exits for each TPR threshold if the value is below it, and not if it is equal",
     "TPR Virtualization")
{
	static const u8 code[] = MOV_TO_CR8 VMCALL;
	struct apic_guest guest;

	if (!apic_guest_start(&guest, code, sizeof(code) - 1, SHADOW))
		return;
	for (u32 threshold = 1; threshold < 16; threshold++)
		for (u32 below = 0; below < 2; below++) {
			*apic_register(guest.virtual_page, 0x80) = 0xf0;
			vmcs_write(TPR_THRESHOLD, threshold);
			vmcs_write(GUEST_RIP, GUEST_CODE);
			guest.vm.registers.rax = threshold - below;
			vm_run(&guest.vm);
			EXPECT_EXIT(&guest.vm, below ? EXIT_tpr_below_threshold : EXIT_vmcall);
		}
	vm_end(&guest.vm);
}
