/* control_registers.c -- masks, read shadows and CR3-target values */
#include "kernel/control_registers.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/stage.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"

/* One of the two registers, and what a guest in 64-bit mode may change of it without losing the
 * ground under its feet. */
struct control_register {
	const char *to, *from;                  /* MOV of RAX */
	u16 field, mask, shadow;
	u64 defined, harmless;
};

static const struct control_register cr0 = {
	"\x0f\x22\xc0", "\x0f\x20\xc0", GUEST_CR0, CR0_GUEST_HOST_MASK, CR0_READ_SHADOW,
	CR0_PE | CR0_MP | CR0_EM | CR0_TS | CR0_ET | CR0_NE | CR0_WP | CR0_AM | CR0_NW | CR0_CD |
	CR0_PG,
	CR0_MP | CR0_EM | CR0_TS | CR0_WP | CR0_AM,
};

static const struct control_register cr4 = {
	"\x0f\x22\xe0", "\x0f\x20\xe0", GUEST_CR4, CR4_GUEST_HOST_MASK, CR4_READ_SHADOW,
	BITS(24, 0) & ~BIT(15) & ~BIT(19),
	CR4_VME | CR4_PVI | CR4_TSD | CR4_DE | CR4_PSE | CR4_MCE | CR4_PGE | CR4_PCE |
	CR4_OSFXSR | CR4_OSXMMEXCPT | CR4_UMIP | CR4_FSGSBASE | CR4_PCIDE | CR4_OSXSAVE |
	CR4_SMAP | CR4_PKE,
};

static u64 value_of(const struct control_register *row)
{
	return vmcs_read(row->field);
}

/* MOV to or from the register, with RAX; then the guest goes on to its VMCALL or has exited. */
static void move(struct stage *stage, const char *code, u64 value)
{
	stage_rewind(stage);
	stage_code(stage, code, 3);
	stage->vm.registers.rax = value;
	vm_run(&stage->vm);
}

static void set_owner(const struct control_register *row, u64 mask, u64 shadow)
{
	vmcs_write(row->mask, mask);
	vmcs_write(row->shadow, shadow);
}

/* The host's bit alone decides: another value than its read shadow exits, the same value does
 * not. */
static void try_mask(struct stage *stage, const struct control_register *row, u64 bit)
{
	u64 value = value_of(row);

	set_owner(row, bit, value ^ bit);
	move(stage, row->to, value);
	EXPECT_EXIT(&stage->vm, EXIT_cr_access);
	set_owner(row, bit, value);
	move(stage, row->to, value);
	EXPECT_EXIT(&stage->vm, EXIT_vmcall);
	EXPECT_EQUAL(value_of(row), value);
}

/* The guest's own bit changes, and none of the host's others does, whatever it writes there. */
static void try_own_bit(struct stage *stage, const struct control_register *row, u64 bit)
{
	u64 value = value_of(row), shadow = ~value & BITS(31, 0);

	set_owner(row, ~bit, shadow);
	move(stage, row->to, (shadow & ~bit) | (~value & bit));
	EXPECT_EXIT(&stage->vm, EXIT_vmcall);
	EXPECT_EQUAL(value_of(row), value ^ bit);
	vmcs_write(row->field, value);
}

/* The guest reads the host's bit from the read shadow and the others from the register. */
static void try_read(struct stage *stage, const struct control_register *row, u64 bit)
{
	u64 value = value_of(row);

	set_owner(row, bit, ~value & BITS(31, 0));
	move(stage, row->from, 0);
	EXPECT_EXIT(&stage->vm, EXIT_vmcall);
	EXPECT_EQUAL(stage->vm.registers.rax, value ^ bit);
}

typedef void try_bit_t(struct stage *stage, const struct control_register *row, u64 bit);

static void try_bits(const struct control_register *row, u64 bits, try_bit_t *try_bit)
{
	struct stage stage;

	if (!stage_start(&stage, STATE_KERNEL_64, row->to, 3))
		return;
	for (; bits; bits &= bits - 1)
		try_bit(&stage, row, bits & -bits);
	vm_end(&stage.vm);
}

TEST("masks/cr0_bits_of_the_host",
     "MOV to CR0 exits for each bit of the host's that differs from its read shadow, and for no "
     "other",
     "Instructions That Cause VM Exits Conditionally")
{
	try_bits(&cr0, cr0.defined, try_mask);
}

TEST("masks/cr4_bits_of_the_host",
     "MOV to CR4 exits for each bit of the host's that differs from its read shadow, and for no "
     "other",
     "Instructions That Cause VM Exits Conditionally")
{
	try_bits(&cr4, cr4.defined, try_mask);
}

TEST("masks/cr0_bits_of_the_guest", "MOV to CR0 changes a bit of the guest's and no other",
     "Changes to Instruction Behavior in VMX Non-Root Operation")
{
	try_bits(&cr0, cr0.harmless, try_own_bit);
}

TEST("masks/cr4_bits_of_the_guest", "MOV to CR4 changes a bit of the guest's and no other",
     "Changes to Instruction Behavior in VMX Non-Root Operation")
{
	try_bits(&cr4, cr4.harmless & vmx_capabilities.cr4_fixed1, try_own_bit);
}

TEST("masks/reads_of_cr0", "MOV from CR0 reads each bit of the host's from the read shadow",
     "Changes to Instruction Behavior in VMX Non-Root Operation")
{
	try_bits(&cr0, cr0.defined, try_read);
}

TEST("masks/reads_of_cr4", "MOV from CR4 reads each bit of the host's from the read shadow",
     "Changes to Instruction Behavior in VMX Non-Root Operation")
{
	try_bits(&cr4, cr4.defined, try_read);
}

/* CLTS with mask, read shadow and CR0.TS in all ways. */
TEST("masks/clts", "CLTS exits, clears CR0.TS or does nothing by mask and read shadow",
     "Changes to Instruction Behavior in VMX Non-Root Operation")
{
	struct stage stage;

	if (!stage_start(&stage, STATE_KERNEL_64, "", 0))
		return;
	for (unsigned way = 0; way < 8; way++) {
		u64 mask = way & 1 ? CR0_TS : 0, shadow = way & 2 ? CR0_TS : 0;
		u64 other = vmcs_read(GUEST_CR0) & ~(u64)CR0_TS, task = way & 4 ? CR0_TS : 0;

		set_owner(&cr0, mask, shadow);
		vmcs_write(GUEST_CR0, other | task);
		move(&stage, "\x90\x0f\x06", 0);
		EXPECT_EXIT(&stage.vm, mask & shadow ? EXIT_cr_access : EXIT_vmcall);
		EXPECT_EQUAL(vmcs_read(GUEST_CR0), other | (mask ? task : 0));
	}
	vm_end(&stage.vm);
}

/* LMSW never clears CR0.PE, so that 0 there never exits. */
static bool lmsw_exits(u64 mask, u64 shadow, u64 source)
{
	u64 differs = mask & (source ^ shadow);

	return differs & (CR0_MP | CR0_EM | CR0_TS) || differs & source & CR0_PE;
}

static void try_lmsw(struct stage *stage, u64 mask, u64 shadow, u64 source)
{
	const u64 word = CR0_PE | CR0_MP | CR0_EM | CR0_TS;
	u64 value = vmcs_read(GUEST_CR0), own = word & ~mask & ~(u64)CR0_PE;
	bool exits = lmsw_exits(mask, shadow, source);

	set_owner(&cr0, mask, shadow);
	move(stage, "\x0f\x01\xf0", source);
	EXPECT_EXIT(&stage->vm, exits ? EXIT_cr_access : EXIT_vmcall);
	EXPECT_EQUAL(vmcs_read(GUEST_CR0), exits ? value : (value & ~own) | (source & own));
	vmcs_write(GUEST_CR0, value);
}

TEST("masks/lmsw", "LMSW exits, changes the guest's bits or does nothing by mask and read shadow",
     "Changes to Instruction Behavior in VMX Non-Root Operation")
{
	struct stage stage;

	if (!stage_start(&stage, STATE_KERNEL_64, "", 0))
		return;
	for (u64 mask = 0; mask < 16; mask++)
		for (u64 shadow = 0; shadow < 16; shadow += 5)
			for (u64 source = 0; source < 16; source++)
				try_lmsw(&stage, mask, shadow, source);
	vm_end(&stage.vm);
}

/* Four values that all lead to the engine's tables, and differ in PWT and PCD alone, or in the PCID
 * where there are such. */
static u64 target(unsigned which)
{
	return VM_ENGINE_BASE.raw | (u64)which << 3;
}

static const u16 target_fields[] = {
	CR3_TARGET_VALUE_0, CR3_TARGET_VALUE_1, CR3_TARGET_VALUE_2, CR3_TARGET_VALUE_3,
};

enum { TARGETS = COUNT(target_fields) };

static unsigned targets_offered(void)
{
	u64 count = vmx_capabilities.misc >> 16 & BITS(8, 0);

	return count < TARGETS ? (unsigned)count : TARGETS;
}

/* Each count with each value. */
static void try_targets(struct stage *stage)
{
	unsigned offered = targets_offered();

	for (unsigned which = 0; which < offered; which++)
		vmcs_write(target_fields[which], target(which));
	for (unsigned count = 0; count <= offered; count++) {
		vmcs_write(CR3_TARGET_COUNT, count);
		for (unsigned which = 0; which < TARGETS; which++) {
			bool exits = which >= count;

			vmcs_write(GUEST_CR3, VM_ENGINE_BASE.raw);
			move(stage, "\x0f\x22\xd8", target(which));
			EXPECT_EXIT(&stage->vm, exits ? EXIT_cr_access : EXIT_vmcall);
			EXPECT_EQUAL(vmcs_read(GUEST_CR3),
				     exits ? VM_ENGINE_BASE.raw : target(which));
		}
	}
}

TEST("masks/cr3_targets", "MOV to CR3 of a CR3-target value does not exit if it is counted",
     "CR3-Target Controls")
{
	struct stage stage;

	if (!stage_start(&stage, STATE_KERNEL_64, "", 0))
		return;
	try_targets(&stage);
	vm_end(&stage.vm);
}

TEST("masks/cr3_targets_with_pcid",
     "a PCID in the operand of MOV to CR3 is compared with that in the CR3-target values",
     "Instructions That Cause VM Exits Conditionally")
{
	const struct change *identifiers = CHANGES(SET(GUEST_CR4, CR4_PCIDE));
	struct stage stage;

	if (!stage_start(&stage, STATE_KERNEL_64, "", 0) || !stage_change(&stage, identifiers))
		return;
	try_targets(&stage);
	vm_end(&stage.vm);
}
