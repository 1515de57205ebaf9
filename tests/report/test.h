/* test.h -- how a test of the hypervisor's own code is written
 *
 * A test makes one claim.  It reports with the functions and macros below; a test that reports
 * nothing has passed.
 *
 *      TEST("vmxoff/outside_vmx_operation", "VMXOFF outside VMX operation is #UD",
 *           "VMXOFF--Leave VMX Operation") { EXPECT_OUTCOME(vmxoff(), FAULTED(6)); }
 */
#ifndef TEST_H
#define TEST_H

#include "kernel/types.h"

struct test {
	const char *name;                       /* unique and stable, group/short_claim */
	const char *claim;                      /* the sentence; shown before the result */
	const char *section;                    /* of SDM vol. 3 if it names no other; "" if none */
	void (*run)(const struct test *test);
	const void *row;                        /* what TEST_ROW made the test of */
};

/* Tests in the order in which they run.  Those from on_request on run only if run= names them. */
struct test_table {
	const struct test *start, *on_request, *end;
};

#define TEST_JOIN_(left, right) left##right
#define TEST_JOIN(left, right)  TEST_JOIN_(left, right)

/* The linker puts every test into one table, so that nobody has to keep a list of them. */
#define TEST_ENTRY(table) __attribute__((section(table), used, aligned(8))) static const struct test

#define TEST_IN(table, function, ...)                                                              \
	static void function(const struct test *test);                                             \
	TEST_ENTRY(table) TEST_JOIN(function, _entry) = { __VA_ARGS__, .run = function };          \
	static void function(__attribute__((unused)) const struct test *test)

#define TEST(title, sentence, title_of_section)                                                    \
	TEST_IN(".tests", TEST_JOIN(test_, __LINE__), .name = title, .claim = sentence,            \
		.section = title_of_section)

/* The same, but only on request: tests that end the run on purpose, and measurements. */
#define TEST_ON_REQUEST(title, sentence, title_of_section)                                         \
	TEST_IN(".tests.on_request", TEST_JOIN(test_, __LINE__), .name = title, .claim = sentence, \
		.section = title_of_section)

/* Makes a test of a row of a table; the identifier must be unique in its file. */
#define TEST_ROW_IN(table, identifier, function, address, title, sentence, title_of_section)       \
	TEST_ENTRY(table) TEST_JOIN(identifier, _entry) = {                                        \
		.name = title, .claim = sentence, .section = title_of_section,                     \
		.run = function, .row = address }
#define TEST_ROW(...)            TEST_ROW_IN(".tests", __VA_ARGS__)
#define TEST_ROW_ON_REQUEST(...) TEST_ROW_IN(".tests.on_request", __VA_ARGS__)

/* `# text`: a diagnostic, one line without its line end; not shown with log=quiet. */
__attribute__((format(printf, 1, 2))) void note(const char *format, ...);

/* The same, but with log=failures, too, and sent before it returns: what comes next may make the L0
 * say something that belongs to it. */
__attribute__((format(printf, 1, 2))) void announce(const char *format, ...);

/* `# may end the machine: text`, whatever log= says: the test goes on with what an L0 is known to
 * die of.  No L0 that follows the SDM comes back from `# has to end the machine: event, text`,
 * and the test passes by that. */
void may_end_machine(const char *text);
void has_to_end_machine(const char *event, const char *text);

/* The claim does not hold: one line of diagnosis, `# file:line: text`; the verdict is `not ok`. */
__attribute__((format(printf, 3, 4)))
void fail_at(const char *file, u32 line, const char *format, ...);

/* The claim cannot be tried: the verdict is `ok ... # SKIP text`, unless something has failed. */
__attribute__((format(printf, 1, 2))) void skip(const char *format, ...);

/* The test itself is at fault: the verdict is `not ok ... # ERROR text`. */
__attribute__((format(printf, 1, 2))) void error(const char *format, ...);

#define FAIL(...) fail_at(__FILE__, __LINE__, __VA_ARGS__)

#define EXPECT(condition)                                                                          \
	do {                                                                                       \
		if (!(condition))                                                                  \
			FAIL("expected %s", #condition);                                           \
	} while (0)

#define EXPECT_EQUAL(found, expected)                                                              \
	do {                                                                                       \
		u64 found_ = (u64)(found), expected_ = (u64)(expected);                            \
		if (found_ != expected_)                                                           \
			FAIL("%s is %#lx, expected %#lx", #found, found_, expected_);              \
	} while (0)

#endif
