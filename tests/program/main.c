/* main.c -- the program that the kernel starts: fingerprint, plan, tests, summary */
#include "drivers/exit_device.h"
#include "drivers/serial.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/interrupts.h"
#include "kernel/memory.h"
#include "kernel/panic.h"
#include "kernel/print.h"
#include "kernel/start.h"
#include "kernel/string.h"
#include "tests/player/play.h"
#include "tests/program/fingerprint.h"
#include "tests/program/order.h"
#include "tests/program/plan.h"
#include "tests/report/report.h"
#include "tests/script/script_check.h"
#include "vmx/capabilities.h"
#include "vmx/machine_restore.h"
#include "vmx/operation.h"

#define VERSION "0.1.0"

static void note_rules(const struct script *script)
{
	const char *text = script_text(script, script->header->rules);

	for (u32 i = 0; i < script->header->rule_count; i++) {
		note("rule %s", text);
		text += strlen(text) + 1;
	}
}

static void run_script(const struct plan_item *item, const struct plan *start)
{
	const struct module_file *file = &item->file;
	char reason[160];
	struct script script;
	const char *refused = script_check(file->start, file->available, &script,
					   reason, sizeof(reason));

	if (refused) {
		error("%s", refused);
		return;
	}
	note("%s", script_text(&script, script.header->title));
	if (plan_name_is_taken(*start, item))
		error("an earlier test has the same name");
	else
		script_play(&script);
	if (!report_test_passes())
		note_rules(&script);
}

static void run_test(const struct test *test)
{
	note("%s", test->claim);
	test->run(test);
}

/* For an extension that is damaged, or that is not the first one. */
static void report_extension(const struct module_file *file)
{
	char reason[160];

	error("%s", extension_check(file->start, file->available, reason, sizeof(reason))
	      ? reason : "a second suites.bin: the tests of the first one ran");
}

/* Interrupts that came from outside while the test ran, or that the firmware had left. */
static void note_foreign_interrupts(u64 before)
{
	u64 count = foreign_interrupts.count - before;

	if (count)
		note("foreign interrupts: %lu, the last of vector %#x", count,
		     foreign_interrupts.vector);
}

/* The memory that a test takes is given back after it, and that of a VMCS that is current may not
 * be.  Null if all is well, else what only a reset gives back. */
static const char *give_back(const struct plan_item *item, memory_mark_t memory)
{
	const char *lost;

	if (vmx_clear_current())
		error("the test left a VMCS current");
	lost = machine_restore(item->test != NULL);
	memory_release(memory);
	return lost;
}

static const char *run_item(const struct plan_item *item, const struct plan *start)
{
	memory_mark_t mark = memory_mark();
	u64 foreign = foreign_interrupts.count;

	if (item->test)
		run_test(item->test);
	else if (module_file_is(&item->file, EXTENSION_MAGIC))
		report_extension(&item->file);
	else
		run_script(item, start);
	note_foreign_interrupts(foreign);
	return give_back(item, mark);
}

/* A wrong word on the command line is reported as a test of its own, before all others, so that
 * nobody overlooks it and everything else still runs. */
static void report_wrong_word(u64 number, const struct options *options)
{
	report_test_start(number, "command_line");
	error("no such word: %.*s; allowed: %s", (int)options->wrong.length, options->wrong.start,
	      options->allowed);
	report_test_end();
}

/* The runner goes on with the next test in another machine; without it the run is incomplete. */
__attribute__((noreturn))
static void end_early(const char *lost)
{
	report_next_boot(lost);
	machine_end(EXIT_FAILED);
}

static void run_all(const struct options *options, const struct plan *start, struct order order)
{
	bool wrong_word = options->allowed;
	const char *lost = NULL;
	struct turn_name name;
	struct turn turn;

	report_plan(order_count(&order) + wrong_word);
	clock_step();
	if (wrong_word && options->from <= 1)
		report_wrong_word(1, options);
	while (order_next(&order, &turn)) {
		u64 number = turn.number + wrong_word;

		if (number < options->from)
			continue;
		if (number > options->to)
			break;
		if (lost)
			end_early(lost);
		report_test_start(number, turn_name(&turn, &name));
		lost = run_item(&turn.item, start);
		clock_step();
		report_test_end();
	}
}

static void list_all(struct order order)
{
	struct turn_name name;
	struct turn turn;

	while (order_next(&order, &turn))
		print("# %s\n", turn_name(&turn, &name));
	report_skip_all("list: names only");
}

/* How much of each module arrived, for who gave them to compare.  A boot loader that has no room
 * for one goes on without it. */
static void print_modules(const struct boot_info *boot)
{
	print("# modules:");
	for (u32 i = 0; i < boot->module_count; i++)
		print(" %lu", boot->modules[i].size);
	print(boot->module_count ? " bytes\n" : " none\n");
}

/* Numbers for `make bench`.  They come after the summary, so that printing them changes none of the
 * costs that a run without the word `bench` has. */
static void report_costs(void)
{
	struct serial_cost serial = serial_cost();
	u64 ticks = tsc_read() - start_tsc;

	print("# bench suite_instructions %lu instructions\n", ticks);
	print("# bench first_verdict %lu instructions\n", report_totals.first_verdict);
	print("# bench serial_port_accesses %lu accesses\n", serial.port_accesses);
	print("# bench serial_bytes %lu bytes\n", serial.bytes);
	print("# bench memory_peak %lu bytes\n", memory_peak());
}

static enum exit_code verdict(void)
{
	if (report_totals.failed)
		return EXIT_FAILED;
	return report_totals.passed ? EXIT_PASSED : EXIT_SKIPPED;
}

/* Why no test runs; null if one does.  A wrong word is reported as a test, so then one does. */
static const char *nothing_to_run(const struct options *options, u64 count)
{
	if (options->allowed)
		return NULL;
	if (!count)
		return "no test has a name that run= picks";
	if (options->from > options->to)
		return "to= is before from=";
	return options->from > count * options->times ? "from= is behind the last test" : NULL;
}

static void run(const struct options *options, const struct plan *plan)
{
	u64 count = plan_count(*plan);

	if (nothing_to_run(options, count)) {
		report_skip_all(nothing_to_run(options, count));
		return;
	}
	run_all(options, plan, order_start(plan, count));
	report_summary(clock_elapsed());
	if (options->bench)
		report_costs();
}

void program(const struct boot_info *boot, enum boot_error boot_error)
{
	const struct options *options = &options_of_run;
	enum vmx_refusal refusal;
	struct plan plan;

	boot_of_run = boot;
	options_of_run = options_parse(boot->command_line);
	report_start(options->list ? LOG_QUIET : options->log);
	print("# trapline " VERSION ", %s, command line: %s\n", boot->protocol, boot->command_line);
	if (boot_error != BOOT_OK)
		panic("boot information: %s", boot_error_text(boot_error));
	print_modules(boot);
	refusal = vmx_prepare();
	if (refusal == VMX_USABLE) {
		vmx_capabilities_read();
		fingerprint();
	}
	plan = plan_start(options, boot);
	if (options->list)
		list_all(order_start(&plan, plan_count(plan)));
	else if (refusal == VMX_USABLE)
		run(options, &plan);
	else
		report_skip_all(vmx_refusal_text(refusal));
	machine_end(verdict());
}
