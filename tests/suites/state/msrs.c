/* msrs.c -- registers that VM entries load and VM exits save, with the control that says so and
 * without
 *
 * A guest of guests.asm tells what it finds in the register, and writes another value.
 */
#include "kernel/guarded.h"
#include "tests/report/test.h"
#include "tests/suites/state/environment.h"

#define DR7_OF_EXITS    0x400

struct state_register {
	const char *file;                       /* of the row, for the report */
	const u8   *guest;
	u32         line;
	enum msr    number;                     /* 0 if it is no MSR */
	u8          shift;                      /* where the field lies in the MSR */
	enum vmcs_field field;
	struct control saved, loaded;           /* by these controls; always if there are none */
	u64         entered, written;
};

/* The last guest found this in the register. */
static u64 found(const struct state_register *row, const struct vm *vm)
{
	return vm->registers.rbx >> row->shift;
}

/* What the register holds before the guest is entered: DR7 what VM exits load.  False if it does
 * not exist. */
static bool host_value(const struct state_register *row, u64 *value)
{
	*value = DR7_OF_EXITS;
	if (row->number && try_rdmsr(row->number, value))
		return false;
	*value >>= row->shift;
	return true;
}

static bool offered(const struct state_register *row)
{
	u64 value;

	if (row->number && !environment_needs(CAPABILITY_msr_bitmaps))
		return false;
	if (!control_may_be(row->saved, true) || !control_may_be(row->loaded, true)) {
		skip("the processor offers no control that saves or loads %s",
		     vmcs_field_name(row->field));
		return false;
	}
	if (host_value(row, &value))
		return true;
	skip("RDMSR of %#x faults, which %s is for", row->number, vmcs_field_name(row->field));
	return false;
}

/* Enters the guest with these controls.  False after skip(), when there is no VM. */
static bool run(const struct state_register *row, bool load, bool save, struct vm *vm)
{
	if (!environment_start(vm, MODE_long64, row->guest))
		return false;
	control_set(row->loaded, load);
	control_set(row->saved, save);
	vmcs_write(row->field, row->entered);
	vm->registers.rcx = row->number;
	vm->registers.rsi = row->written << row->shift;
	environment_run(vm, row->file, row->line);
	return true;
}

static void expect_value(const struct state_register *row, const char *what, u64 value,
			 u64 expected)
{
	if (value != expected)
		fail_at(row->file, row->line, "%s is %#lx, expected %#lx", what, value, expected);
}

static void expect_saved(const struct state_register *row, bool save)
{
	struct vm vm;

	if (!run(row, true, save, &vm))
		return;
	expect_value(row, save ? "the field behind an exit that saves it"
			       : "the field behind an exit that does not save it",
		     vmcs_read(row->field), save ? row->written : row->entered);
	vm_end(&vm);
}

static void expect_loaded(const struct state_register *row, bool load)
{
	struct vm vm;
	u64 host;

	if (!host_value(row, &host) || !run(row, load, true, &vm))
		return;
	expect_value(row, load ? "what the guest finds behind an entry that loads the register"
			       : "what the guest finds behind an entry that does not load it",
		     found(row, &vm), load ? row->entered : host);
	vm_end(&vm);
}

static void run_saved(const struct test *test)
{
	const struct state_register *row = test->row;

	if (!offered(row))
		return;
	expect_saved(row, true);
	if (row->saved.mask && control_may_be(row->saved, false))
		expect_saved(row, false);
}

static void run_loaded(const struct test *test)
{
	const struct state_register *row = test->row;

	if (!offered(row))
		return;
	expect_loaded(row, true);
	if (row->loaded.mask && control_may_be(row->loaded, false))
		expect_loaded(row, false);
}

#define BY(word, name)    { word, word##_##name }
#define ALWAYS            { VM_EXIT, 0 }

#define STATE(name, guest, number, shift, field, saved, loaded, entered, written)                  \
	DECLARE_STATE_GUEST(guest)                                                                 \
	static const struct state_register name##_register = {                                     \
		__FILE__, STATE_GUEST(guest), __LINE__, number, shift, field, saved, loaded,       \
		entered, written };                                                                \
	TEST_ROW(saved_##name, run_saved, &name##_register, "saved_registers/" #name,              \
		 "a VM exit saves " #field ", by its control if there is one",                    \
		 "Saving Control Registers, Debug Registers, and MSRs");                           \
	TEST_ROW(loaded_##name, run_loaded, &name##_register, "loaded_registers/" #name,           \
		 "a VM entry loads " #field ", by its control if there is one",                    \
		 "Loading Guest Control Registers, Debug Registers, and MSRs");
#include "tests/suites/state/msrs.def"
#undef STATE
