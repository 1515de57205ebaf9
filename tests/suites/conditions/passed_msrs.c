/* passed_msrs.c -- MSRs that the MSR bitmaps let through are the guest's own */
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/stage.h"
#include "vmx/capabilities.h"

struct passed {
	const struct change *always;
	u64 value;
	u32 msr;
	u32 field;
};

static u64 guest_value(const struct passed *row)
{
	return row->field ? vmcs_read(row->field) : msr_read(row->msr);
}

static void set_guest_value(const struct passed *row, u64 value)
{
	if (row->field)
		vmcs_write(row->field, value);
	else
		msr_write(row->msr, value);
}

/* Lets the guest execute the instruction, RDMSR or WRMSR, and go on to its VMCALL. */
static void run_with(struct stage *stage, const char *code, const struct passed *row, u64 value)
{
	struct registers *registers = &stage->vm.registers;

	stage_rewind(stage);
	stage_code(stage, code, 2);
	registers->rcx = row->msr;
	registers->rax = value & BITS(31, 0);
	registers->rdx = value >> 32;
	vm_run(&stage->vm);
	EXPECT_EXIT(&stage->vm, EXIT_vmcall);
	EXPECT_EQUAL(vm_rip(), stage->end);
}

static void try_msr(struct stage *stage, const struct passed *row)
{
	const struct registers *registers = &stage->vm.registers;
	u64 before = guest_value(row);

	EXPECT(before != row->value);
	run_with(stage, "\x0f\x30", row, row->value);
	EXPECT_EQUAL(guest_value(row), row->value);
	set_guest_value(row, before);
	run_with(stage, "\x0f\x32", row, 0);
	EXPECT_EQUAL(registers->rdx << 32 | registers->rax, before);
	set_guest_value(row, row->value);
	run_with(stage, "\x0f\x32", row, 0);
	EXPECT_EQUAL(registers->rdx << 32 | registers->rax, row->value);
}

static void run_passed(const struct test *test)
{
	const struct change *bitmaps =
		CHANGES(SET(PRIMARY_CONTROLS, PRIMARY_use_msr_bitmaps));
	const struct passed *row = test->row;
	struct stage stage;

	if (!stage_start(&stage, STATE_KERNEL_64, "", 0) || !stage_change(&stage, bitmaps) ||
	    !stage_change(&stage, row->always))
		return;
	vmcs_write(MSR_BITMAPS, (u64)page_alloc());
	try_msr(&stage, row);
	vm_end(&stage.vm);
}

#define PASSED(name, msr, field, value, always)                                                    \
	static const struct passed passed_##name = { CHANGES(always), value, msr, field };         \
	TEST_ROW(test_##name, run_passed, &passed_##name, "msr_bitmap/passes_" #name,              \
		 #msr " that the MSR bitmap lets through is the guest's, read and written",        \
		 "MSR-Bitmap Address");
#include "tests/suites/conditions/passed_msrs.def"
#undef PASSED
