/* options_test.c -- the words of the kernel command line, and names picked by globs
 * links: tests/report/glob.c tests/report/options.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/report/glob.h"
#include "tests/report/options.h"

static bool matches(const char *pattern, const char *text)
{
	return glob_matches(pattern, strlen(pattern), text, strlen(text));
}

static void a_glob_matches_the_whole_name(void **state)
{
	(void)state;
	assert_true(matches("ept/write", "ept/write"));
	assert_false(matches("ept/write", "ept/write_more"));
	assert_false(matches("ept/write", "ept/writ"));
	assert_true(matches("", ""));
	assert_false(matches("", "a"));
}

static void a_star_stands_for_any_characters_and_none(void **state)
{
	(void)state;
	assert_true(matches("*", ""));
	assert_true(matches("ept/*", "ept/"));
	assert_true(matches("ept/*", "ept/slow/one"));
	assert_true(matches("*a*b*c", "xaybzbcc"));
	assert_false(matches("*a*b*c", "xaybzbccd"));
	assert_true(matches("**", "anything"));
}

static void a_question_mark_stands_for_one_character(void **state)
{
	(void)state;
	assert_true(matches("a?c", "abc"));
	assert_false(matches("a?c", "ac"));
	assert_true(matches("?*", "a"));
	assert_false(matches("?*", ""));
}

/* Matching this pattern would take for ever if every star were tried at every place. */
static void many_stars_cost_no_more_than_one_each(void **state)
{
	char text[2048], pattern[2048];

	(void)state;
	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < sizeof(pattern); i += 2)
		memcpy(pattern + i, "*a", 2);
	assert_true(glob_matches(pattern, sizeof(pattern), text, sizeof(text)));
	pattern[sizeof(pattern) - 1] = 'b';
	assert_false(glob_matches(pattern, sizeof(pattern), text, sizeof(text)));
}

static void an_empty_line_means_the_defaults(void **state)
{
	struct options options = options_parse("");

	(void)state;
	assert_int_equal(options.log, LOG_FULL);
	assert_int_equal(options.from, 1);
	assert_int_equal(options.to, UINT64_MAX);
	assert_int_equal(options.order, ORDER_PLAN);
	assert_int_equal(options.times, 1);
	assert_int_equal(options.run.length, 0);
	assert_false(options.list || options.bench || options.census);
	assert_null(options.allowed);
}

static void each_log_level_is_understood(void **state)
{
	(void)state;
	assert_int_equal(options_parse("log=quiet log=full").log, LOG_FULL);
	assert_int_equal(options_parse("log=scenario").log, LOG_SCENARIO);
	assert_int_equal(options_parse("log=failures").log, LOG_FAILURES);
}

static void every_word_is_understood(void **state)
{
	struct options options = options_parse(
		"log=quiet  run=ept/*,-ept/slow* from=12 seed=18446744073709551615 count=7 "
		"to=18 order=given times=99 except=one,two census list bench ");

	(void)state;
	assert_null(options.allowed);
	assert_int_equal(options.log, LOG_QUIET);
	assert_int_equal(options.run.length, strlen("ept/*,-ept/slow*"));
	assert_int_equal(options.from, 12);
	assert_int_equal(options.to, 18);
	assert_int_equal(options.order, ORDER_GIVEN);
	assert_int_equal(options.times, 99);
	assert_int_equal(options.seed, UINT64_MAX);
	assert_int_equal(options.count, 7);
	assert_int_equal(options.except.length, strlen("one,two"));
	assert_memory_equal(options.except.start, "one,two", strlen("one,two"));
	assert_true(options.list && options.bench && options.census);
}

static void every_order_has_a_name(void **state)
{
	(void)state;
	assert_int_equal(options_parse("order=given order=plan").order, ORDER_PLAN);
	assert_int_equal(options_parse("order=reverse").order, ORDER_REVERSE);
	assert_int_equal(options_parse("order=random").order, ORDER_RANDOM);
}

static void a_wrong_word_is_named_and_the_rest_stays_in_force(void **state)
{
	static const char *const wrong[] = {
		"rnu=x", "log=loud", "log", "run=", "from=0", "from=-1", "from=12x", "from=",
		"to=0", "order=", "order=backwards", "times=0", "times=100", "times=two",
		"seed=18446744073709551616", "count=0x10", "count=0", "list=1", "=", "b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		char line[80];
		struct options options;

		strcpy(line, "seed=3 ");
		strcat(strcat(line, wrong[i]), " count=9 second=wrong");
		options = options_parse(line);
		assert_non_null(options.allowed);
		assert_int_equal(options.wrong.length, strlen(wrong[i]));
		assert_memory_equal(options.wrong.start, wrong[i], options.wrong.length);
		assert_int_equal(options.from, 1);
		assert_int_equal(options.order, ORDER_PLAN);
		assert_int_equal(options.times, 1);
		if (strncmp(wrong[i], "count", 5) != 0)
			assert_int_equal(options.count, 9);
	}
}

static unsigned picks(const char *line, const char *name, bool on_request)
{
	struct options options = options_parse(line);

	return options_pick(&options, name, on_request);
}

static void run_picks_by_globs(void **state)
{
	(void)state;
	assert_true(picks("", "ept/a", false));
	assert_true(picks("run=ept/*", "ept/a", false));
	assert_false(picks("run=ept/*", "exits/a", false));
	assert_true(picks("run=x,ept/a", "ept/a", false));
}

static void a_leading_minus_leaves_out_whatever_else_matches(void **state)
{
	(void)state;
	assert_false(picks("run=ept/*,-ept/slow*", "ept/slow_one", false));
	assert_false(picks("run=-ept/slow*,ept/*", "ept/slow_one", false));
	assert_true(picks("run=-ept/slow*", "exits/a", false));
	assert_false(picks("run=-*", "exits/a", false));
}

static void a_test_on_request_runs_only_where_its_group_is_written_out(void **state)
{
	(void)state;
	assert_false(picks("", "fault/hang", true));
	assert_false(picks("run=*", "fault/hang", true));
	assert_false(picks("run=f*/hang", "fault/hang", true));
	assert_false(picks("run=-ept/*", "fault/hang", true));
	assert_true(picks("run=fault/hang", "fault/hang", true));
	assert_true(picks("run=fault/*", "fault/hang", true));
	assert_false(picks("run=fault/*,-fault/hang", "fault/hang", true));
}

static void a_pick_tells_the_first_glob_that_matches(void **state)
{
	(void)state;
	assert_int_equal(picks("", "ept/a", false), 1);
	assert_int_equal(picks("run=-exits/*", "ept/a", false), 1);
	assert_int_equal(picks("run=-exits/*,x,ept/a,ept/*", "ept/a", false), 2);
	assert_int_equal(picks("run=-exits/*,x,ept/a,ept/*", "ept/b", false), 3);
	assert_int_equal(picks("run=*,fault/*", "fault/hang", true), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_glob_matches_the_whole_name),
		cmocka_unit_test(a_star_stands_for_any_characters_and_none),
		cmocka_unit_test(a_question_mark_stands_for_one_character),
		cmocka_unit_test(many_stars_cost_no_more_than_one_each),
		cmocka_unit_test(an_empty_line_means_the_defaults),
		cmocka_unit_test(each_log_level_is_understood),
		cmocka_unit_test(every_word_is_understood),
		cmocka_unit_test(every_order_has_a_name),
		cmocka_unit_test(a_wrong_word_is_named_and_the_rest_stays_in_force),
		cmocka_unit_test(run_picks_by_globs),
		cmocka_unit_test(a_leading_minus_leaves_out_whatever_else_matches),
		cmocka_unit_test(a_test_on_request_runs_only_where_its_group_is_written_out),
		cmocka_unit_test(a_pick_tells_the_first_glob_that_matches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
