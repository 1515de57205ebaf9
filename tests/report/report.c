/* report.c -- the report: TAP version 13 on the serial line */
#include "tests/report/report.h"
#include "drivers/serial.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/panic.h"
#include "kernel/print.h"
#include "kernel/string.h"
#include "tests/report/test.h"

#define REASON_SIZE 200
#define HELD_SIZE   (16 * 1024)
#define HELD_NOTES  (HELD_SIZE - 4 * 1024)      /* notes fill no more; the rest is for failures */

struct report_totals report_totals;

static enum log_level level;

static struct {
	bool open;
	u64 number;
	const char *name;
	u64 failures;
	bool skipped, at_fault;
	char reason[REASON_SIZE];               /* why it is skipped or at fault */
} current;

/* With log=failures a test's diagnostics wait here until its verdict. */
static struct {
	char text[HELD_SIZE];
	size_t length;
	u64 lost;                               /* lines there was no room for */
} held;

static void held_print(void)
{
	print("%.*s", (int)held.length, held.text);
	if (held.lost)
		print("# (%lu lines not kept, for want of room)\n", held.lost);
	held.length = held.lost = 0;
}

static void held_add(const char *line, size_t length, size_t room)
{
	if (held.length + length > room) {
		held.lost++;
		return;
	}
	memcpy(held.text + held.length, line, length);
	held.length += length;
}

/* Prints a line, or with log=failures keeps it until the verdict, unless more than `room` bytes
 * would be kept then. */
__attribute__((format(printf, 2, 0)))
static void diagnose(size_t room, const char *format, va_list arguments)
{
	char line[512];
	size_t length;

	if (level == LOG_QUIET)
		return;
	memcpy(line, "# ", 2);
	length = 2 + print_list_into(line + 2, sizeof(line) - 3, format, arguments);
	line[length++] = '\n';
	if (level == LOG_FAILURES && current.open)
		held_add(line, length, room);
	else
		print("%.*s", (int)length, line);
}

void announce(const char *format, ...)
{
	char line[512];
	va_list arguments;

	if (level == LOG_QUIET)
		return;
	va_start(arguments, format);
	print_list_into(line, sizeof(line), format, arguments);
	va_end(arguments);
	print("# %s\n", line);
	serial_drain();
}

bool report_wants_notes(void)
{
	return level != LOG_QUIET;
}

bool report_wants_capabilities(void)
{
	return report_wants_notes() && level != LOG_SCENARIO;
}

void report_start(enum log_level chosen)
{
	level = chosen;
	panic_hook = held_print;
	print("TAP version 13\n");
}

void report_plan(u64 count)
{
	print("1..%lu\n", count);
}

void report_skip_all(const char *reason)
{
	print("1..0 # SKIP %s\n", reason);
}

/* The line is sent before the test runs, so that it names the test in which a machine died. */
void report_test_start(u64 number, const char *name)
{
	current.open = true;
	current.number = number;
	current.name = name;
	current.failures = 0;
	current.skipped = current.at_fault = false;
	if (level == LOG_QUIET)
		return;
	print("# start %lu - %s\n", number, name);
	serial_flush();
}

static bool is_ok(void)
{
	return current.failures == 0 && !current.at_fault;
}

bool report_test_passes(void)
{
	return is_ok() && !current.skipped;
}

/* The start line of the next test takes it along; where there is none, it is sent at once, so that
 * the verdict is not lost with a machine that dies in the next test. */
static void verdict_print(void)
{
	print("%s %lu - %s", is_ok() ? "ok" : "not ok", current.number, current.name);
	if (current.at_fault)
		print(" # ERROR %s", current.reason);
	else if (current.skipped && is_ok())
		print(" # SKIP %s", current.reason);
	print("\n");
	if (level == LOG_QUIET)
		serial_flush();
}

void report_test_end(void)
{
	current.open = false;
	if (!is_ok())
		held_print();
	held.length = held.lost = 0;
	verdict_print();
	if (!is_ok())
		report_totals.failed++;
	else if (current.skipped)
		report_totals.skipped++;
	else
		report_totals.passed++;
	if (!report_totals.first_verdict)
		report_totals.first_verdict = tsc_read() - start_tsc;
}

void note(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	diagnose(HELD_NOTES, format, arguments);
	va_end(arguments);
}

__attribute__((format(printf, 1, 2)))
static void note_failure(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	diagnose(HELD_SIZE, format, arguments);
	va_end(arguments);
}

void fail_at(const char *file, u32 line, const char *format, ...)
{
	char text[320];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	current.failures++;
	note_failure("%s:%u: %s", file, line, text);
}

/* The first reason is the one that is reported, as later ones mostly follow from it. */
__attribute__((format(printf, 2, 0)))
static void decide(bool *flag, const char *format, va_list arguments)
{
	if (!current.skipped && !current.at_fault)
		print_list_into(current.reason, sizeof(current.reason), format, arguments);
	*flag = true;
}

void skip(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	decide(&current.skipped, format, arguments);
	va_end(arguments);
}

void error(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	decide(&current.at_fault, format, arguments);
	va_end(arguments);
}

/* It is sent at once, as what it announces may come before the next byte. */
void may_end_machine(const char *text)
{
	print("# may end the machine: %s\n", text);
	serial_drain();
}

void has_to_end_machine(const char *event, const char *text)
{
	print("# has to end the machine: %s, %s\n", event, text);
	serial_drain();
}

void report_next_boot(const char *lost)
{
	print("# next boot: a reset has to give back %s\n", lost);
}

void report_summary(u64 milliseconds)
{
	print("# summary %lu passed, %lu failed, %lu skipped; %lu exits; "
	      "%lu ms of the machine's clock\n",
	      report_totals.passed, report_totals.failed, report_totals.skipped,
	      report_totals.exits, milliseconds);
}
