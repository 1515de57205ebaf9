/* options.c -- the words of the kernel command line */
#include "tests/report/options.h"
#include "kernel/string.h"
#include "tests/report/glob.h"

#define MOST          (~0ul)
#define TIMES_AT_MOST 99                /* as much as a leak can need, and no run for days */

struct options options_of_run;

static bool word_is(struct word word, const char *text)
{
	return strlen(text) == word.length && memcmp(word.start, text, word.length) == 0;
}

struct word word_next(struct word *line, char separator)
{
	struct word word = { line->start, 0 };

	while (word.length < line->length && word.start[word.length] != separator)
		word.length++;

	size_t used = word.length < line->length ? word.length + 1 : word.length;

	line->start += used;
	line->length -= used;
	return word;
}

/* Sets *number only if the word is a number from least to most. */
static bool number_parse(struct word word, u64 least, u64 most, u64 *number)
{
	u64 value = 0;

	for (size_t i = 0; i < word.length; i++) {
		unsigned digit = (unsigned)(word.start[i] - '0');

		if (digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
	if (!word.length || value < least || value > most)
		return false;
	*number = value;
	return true;
}

/* Sets *choice only if the word is one of the names, to its place among them. */
static bool choice_parse(struct word word, const char *const names[], unsigned count,
			 unsigned *choice)
{
	for (unsigned i = 0; i < count; i++)
		if (word_is(word, names[i])) {
			*choice = i;
			return true;
		}
	return false;
}

static bool log_parse(struct word value, enum log_level *log)
{
	static const char *const names[] = {
		[LOG_FULL] = "full", [LOG_SCENARIO] = "scenario",
		[LOG_FAILURES] = "failures", [LOG_QUIET] = "quiet",
	};

	return choice_parse(value, names, COUNT(names), log);
}

static bool order_parse(struct word value, enum play_order *order)
{
	static const char *const names[] = {
		[ORDER_PLAN] = "plan", [ORDER_REVERSE] = "reverse", [ORDER_RANDOM] = "random",
		[ORDER_GIVEN] = "given",
	};

	return choice_parse(value, names, COUNT(names), order);
}

/* As option_parse(), of the options that take a number; the last ones that there are. */
static const char *number_option_parse(struct options *options, struct word key, struct word value)
{
	if (word_is(key, "from"))
		return number_parse(value, 1, MOST, &options->from) ? NULL : "the number of a test";
	if (word_is(key, "to"))
		return number_parse(value, 1, MOST, &options->to) ? NULL : "the number of a test";
	if (word_is(key, "times"))
		return number_parse(value, 1, TIMES_AT_MOST, &options->times)
			? NULL : "a number from 1 to 99";
	if (word_is(key, "seed"))
		return number_parse(value, 0, MOST, &options->seed) ? NULL : "a decimal number";
	if (word_is(key, "count"))
		return number_parse(value, 1, MOST, &options->count) ? NULL : "how many cases";
	return "run=GLOBS from=N to=N order=plan|reverse|random|given times=N "
	       "log=full|scenario|failures|quiet seed=N count=N except=NAMES census list bench";
}

/* Returns null if the option was understood, else what is allowed in its place. */
static const char *option_parse(struct options *options, struct word key, struct word value)
{
	if (word_is(key, "log"))
		return log_parse(value, &options->log)
			? NULL : "full, scenario, failures or quiet";
	if (word_is(key, "order"))
		return order_parse(value, &options->order)
			? NULL : "plan, reverse, random or given";
	if (word_is(key, "run")) {
		options->run = value;
		return value.length ? NULL : "globs such as ept/*,-ept/slow*";
	}
	if (word_is(key, "except")) {
		options->except = value;
		return NULL;
	}
	return number_option_parse(options, key, value);
}

static const char *word_parse(struct options *options, struct word word)
{
	struct word value = word, key = word_next(&value, '=');

	if (word_is(word, "list"))
		options->list = true;
	else if (word_is(word, "bench"))
		options->bench = true;
	else if (word_is(word, "census"))
		options->census = true;
	else
		return option_parse(options, key, value);
	return NULL;
}

struct options options_parse(const char *line)
{
	struct options options = { .log = LOG_FULL, .from = 1, .to = MOST, .times = 1 };
	struct word rest = { line, strlen(line) };

	while (rest.length) {
		struct word word = word_next(&rest, ' ');
		const char *allowed = word.length ? word_parse(&options, word) : NULL;

		if (allowed && !options.allowed) {
			options.wrong = word;
			options.allowed = allowed;
		}
	}
	return options;
}

/* Whether the glob writes out the name's group, the part up to the slash.  Only such a glob picks a
 * test on request, so that nobody runs one by a wildcard. */
static bool names_group(struct word glob, const char *name)
{
	for (size_t i = 0; i < glob.length && name[i]; i++) {
		if (glob.start[i] != name[i])
			return false;
		if (name[i] == '/')
			return true;
	}
	return false;
}

unsigned options_pick(const struct options *options, const char *name, bool on_request)
{
	struct word rest = options->run;
	size_t length = rest.length ? strlen(name) : 0;
	unsigned globs = 0, picked_by = 0;

	while (rest.length) {
		struct word glob = word_next(&rest, ',');
		bool leave_out = glob.length && glob.start[0] == '-';

		if (leave_out) {
			if (glob_matches(glob.start + 1, glob.length - 1, name, length))
				return 0;
			continue;
		}
		globs++;
		if (!picked_by && glob_matches(glob.start, glob.length, name, length) &&
		    (!on_request || names_group(glob, name)))
			picked_by = globs;
	}
	return globs || on_request ? picked_by : 1;
}
