/* guest_end.c -- how the guest of a stage ends, and how it should */
#include "tests/suites/conditions/guest_end.h"
#include "kernel/exceptions.h"
#include "kernel/print.h"
#include "tests/player/entry_log.h"
#include "tests/report/test.h"

/* Interruption information, but for its undefined bit. */
#define EVENT_BITS         (BIT(31) | BITS(11, 0))
#define HARDWARE_EXCEPTION (BIT(31) | EVENT_hardware_exception << 8)
#define WITH_ERROR_CODE    BIT(11)

/* "exit 16 (rdtsc)", "#GP", "no exit". */
static void write_end(char *text, size_t size, u32 reason, u8 vector, bool at_the_end)
{
	const char *name = exit_name(reason);

	if (reason == EXIT_exception_or_nmi)
		print_into(text, size, "%s", vector_name(vector));
	else if (at_the_end)
		print_into(text, size, "no exit");
	else
		print_into(text, size, "exit %u (%s)", reason, name ? name : "unknown");
}

static bool reached(const struct stage *stage, u32 reason)
{
	return reason == EXIT_vmcall && vm_rip() == stage->end;
}

static u8 exit_vector(const struct vm *vm)
{
	return vm->exit.reason == EXIT_exception_or_nmi
		? (u8)vmcs_read(EXIT_INTERRUPTION_INFORMATION) : 0;
}

/* Whether the guest should reach the VMCALL behind its code, and not exit by one before. */
static bool runs(const struct expected *expected)
{
	return expected->reason == EXIT_vmcall && expected->detail != THE_QUALIFICATION;
}

/* Whether it ended as it should at all. */
static bool same_end(const struct stage *stage, const struct expected *expected)
{
	const struct exit *exit = &stage->vm.exit;

	return !exit->timed_out && exit->reason == expected->reason &&
	       exit_vector(&stage->vm) == expected->event &&
	       (!runs(expected) || vm_rip() == stage->end);
}

static void report_end(const struct stage *stage, const struct expected *expected,
		       const struct place *place)
{
	const struct exit *exit = &stage->vm.exit;
	char found[40], wanted[40];

	write_end(found, sizeof(found), exit->reason, exit_vector(&stage->vm),
		  reached(stage, exit->reason));
	write_end(wanted, sizeof(wanted), expected->reason, expected->event, runs(expected));
	fail_at(place->file, place->line, "%s: %s at %#lx%s, expected %s", place->way, found,
		vm_rip(), exit->timed_out ? " after a second" : "", wanted);
	entry_log(exit);
}

static void compare(const struct place *place, const char *what, u64 found, u64 expected)
{
	if (found != expected)
		fail_at(place->file, place->line, "%s: %s is %#lx, expected %#lx", place->way,
			what, found, expected);
}

/* The exceptions of the tables are hardware exceptions with an error code of 0, or without one. */
static void compare_event(u8 vector, const struct place *place)
{
	u64 information = vmcs_read(EXIT_INTERRUPTION_INFORMATION) & EVENT_BITS;
	bool has_error = vector == VECTOR_GP || vector == VECTOR_SS || vector == VECTOR_PF;

	compare(place, "VM-exit interruption information", information,
		HARDWARE_EXCEPTION | vector | (has_error ? WITH_ERROR_CODE : 0));
	if (has_error && vector != VECTOR_PF)
		compare(place, "error code", vmcs_read(EXIT_INTERRUPTION_ERROR_CODE), 0);
}

static void compare_details(const struct stage *stage, const struct expected *expected,
			    const struct place *place)
{
	if (expected->reason == EXIT_exception_or_nmi)
		compare_event(expected->event, place);
	if (expected->detail == THE_QUALIFICATION)
		compare(place, "qualification", stage->vm.exit.qualification, expected->value);
	if (expected->detail == RAX_AT_THE_END)
		compare(place, "RAX", stage->vm.registers.rax, expected->value);
}

void expect_end(struct stage *stage, const struct expected *expected, u64 start,
		const struct place *place)
{
	vm_run(&stage->vm);
	if (!same_end(stage, expected)) {
		report_end(stage, expected, place);
		return;
	}
	if (!runs(expected))
		compare(place, "RIP", vm_rip(), start);
	compare_details(stage, expected, place);
}
