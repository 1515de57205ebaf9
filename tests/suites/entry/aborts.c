/* aborts.c -- VM exits that end in a VMX abort, and the machine with them
 *
 * The abort indicator in the VMCS region stays behind, but nobody is left to read it.
 */
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/entry/base.h"

enum abort_list { LIST_store, LIST_load };

struct abort_row {
	const char *text;
	enum abort_list list;
	struct msr_entry entry;
	bool entry_fails;
};

static struct entry_machine machine;

static void write_list(const struct abort_row *row)
{
	bool stores = row->list == LIST_store;
	hpa_t list = stores ? machine.memory.exit_store_list : machine.memory.exit_load_list;

	*(struct msr_entry *)at_hpa(list) = row->entry;
	vmcs_write(stores ? EXIT_MSR_STORE_COUNT : EXIT_MSR_LOAD_COUNT, 1);
	if (row->entry_fails)
		vmcs_write(GUEST_RFLAGS, vmcs_read(GUEST_RFLAGS) & ~(u64)RFLAGS_FIXED);
}

static void try_abort(const struct abort_row *row)
{
	const char *name;

	write_list(row);
	has_to_end_machine("VMX abort", row->text);
	vm_run(&machine.vm);
	name = exit_name(machine.vm.exit.reason);
	FAIL("the host goes on behind exit %s", name ? name : "with an unknown reason");
}

static void check_abort(const struct test *test)
{
	const char *lacks = entry_base_start(&machine, entry_bases);

	if (lacks)
		skip("needs %s, which this processor does not offer", lacks);
	else
		try_abort(test->row);
	vm_end(&machine.vm);
}

#define ABORT(name, list, index, reserved, value, entry_fails, text)                               \
	static const struct abort_row name##_row = {                                               \
		text, LIST_##list, { index, reserved, value }, entry_fails,                        \
	};                                                                                         \
	TEST_ROW_ON_REQUEST(name, check_abort, &name##_row, "vmx_abort/" #name,                    \
			    "no VM exit comes to its end: " text, "VMX Aborts");
#include "tests/suites/entry/aborts.def"
#undef ABORT
