/* exceptions.c -- each bit of the exception bitmap, alone and all others without it */
#include "kernel/control_registers.h"
#include "kernel/exceptions.h"
#include "kernel/flags.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/stage.h"
#include "vmx/capabilities.h"

#define TABLE "tests/suites/conditions/exceptions.def"
#define TRACKING   BIT(2)                       /* of IA32_S_CET: ENDBR64 is demanded */
#define NONE       -1                           /* instead of an error code */
#define VALID      BIT(31)                      /* of interruption information */
#define HAS_ERROR  BIT(11)
#define EVENT_BITS (VALID | BITS(11, 0))        /* all but the undefined bit */

struct cause {
	const char *code;
	const struct change *always;
	u32 information, vectoring, first;
	int error;
	u16 line;
	u8 vector, size, at, state;
};

static void compare(const struct cause *row, const char *what, u64 found, u64 expected)
{
	if (found != expected)
		fail_at(TABLE, row->line, "%s is %#lx, expected %#lx", what, found, expected);
}

/* Runs the guest with this exception bitmap; false after skip().  The VM is there to be asked. */
static bool run_with(const struct cause *row, struct stage *stage, u64 bitmap)
{
	if (!stage_start(stage, row->state, row->code, row->size) ||
	    !stage_change(stage, row->always))
		return false;
	vmcs_write(EXCEPTION_BITMAP, bitmap);
	vm_run(&stage->vm);
	return true;
}

static void expect_event(const struct cause *row, const struct vm *vm)
{
	EXPECT_EXIT(vm, EXIT_exception_or_nmi);
	if (vm->exit.reason != EXIT_exception_or_nmi)
		return;
	compare(row, "VM-exit interruption information",
		vmcs_read(EXIT_INTERRUPTION_INFORMATION) & EVENT_BITS, row->information);
	if (row->error != NONE)
		compare(row, "error code", vmcs_read(EXIT_INTERRUPTION_ERROR_CODE),
			(u64)row->error);
	compare(row, "IDT-vectoring information",
		vmcs_read(IDT_VECTORING_INFORMATION) & (row->vectoring ? EVENT_BITS : VALID),
		row->vectoring);
	compare(row, "RIP", vm_rip(), GUEST_CODE + row->at);
}

static void expect_delivery(const struct cause *row, const struct vm *vm)
{
	EXPECT_EXIT(vm, EXIT_vmcall);
	compare(row, "RIP with all other bits of the exception bitmap", vm_rip(),
		STAGE_HANDLED + 16ul * row->vector);
}

static void run_cause(const struct test *test)
{
	const struct cause *row = test->row;
	struct stage stage;

	if (!run_with(row, &stage, BIT(row->vector)))
		return;
	expect_event(row, &stage.vm);
	vm_end(&stage.vm);
	if (!run_with(row, &stage, BITS(31, 0) & ~BIT(row->vector) & ~(u64)row->first))
		return;
	expect_delivery(row, &stage.vm);
	vm_end(&stage.vm);
}

#define CAUSE(name, vector, type, error, state, code, at, vectoring, first, always, text)          \
	static const struct cause cause_##name = {                                                 \
		code, CHANGES(always),                                                   \
		VALID | EVENT_##type << 8 | VECTOR_##vector | ((error) == NONE ? 0 : HAS_ERROR),   \
		vectoring, first, error, __LINE__, VECTOR_##vector, sizeof(code) - 1, at,          \
		STATE_##state,                                                                     \
	};                                                                                         \
	TEST_ROW(test_##name, run_cause, &cause_##name, "exception_bitmap/" #name,                 \
		 text " exits by its bit of the exception bitmap alone, and is delivered without", \
		 "Exception Bitmap");
#include "tests/suites/conditions/exceptions.def"
#undef CAUSE
