/* options.c -- the words of the kernel command line */
#include "tests/report/options.h"
#include "kernel/string.h"
#include "tests/report/glob.h"

struct options options_of_run;

static bool word_is(struct word word, const char *text)
{
	return strlen(text) == word.length && memcmp(word.start, text, word.length) == 0;
}

/* Takes a word off the line: up to the separator, which is dropped, or to the end. */
static struct word word_next(struct word *line, char separator)
{
	struct word word = { line->start, 0 };

	while (word.length < line->length && word.start[word.length] != separator)
		word.length++;

	size_t used = word.length < line->length ? word.length + 1 : word.length;

	line->start += used;
	line->length -= used;
	return word;
}

/* Leaves *number alone if the word is no number. */
static bool number_parse(struct word word, u64 *number)
{
	u64 sum = 0;

	for (size_t i = 0; i < word.length; i++) {
		unsigned digit = (unsigned)(word.start[i] - '0');

		if (digit > 9 || __builtin_mul_overflow(sum, 10, &sum) ||
		    __builtin_add_overflow(sum, digit, &sum))
			return false;
	}
	if (word.length > 0)
		*number = sum;
	return word.length > 0;
}

static bool log_parse(struct word value, enum log_level *log)
{
	static const char *const names[] = {
		[LOG_FULL] = "full", [LOG_FAILURES] = "failures", [LOG_QUIET] = "quiet",
	};

	for (unsigned i = 0; i < COUNT(names); i++)
		if (word_is(value, names[i])) {
			*log = i;
			return true;
		}
	return false;
}

/* Returns null if the option was understood, else what is allowed in its place. */
static const char *option_parse(struct options *options, struct word key, struct word value)
{
	if (word_is(key, "log"))
		return log_parse(value, &options->log) ? NULL : "full, failures or quiet";
	if (word_is(key, "run")) {
		options->run = value;
		return value.length ? NULL : "globs such as ept/*,-ept/slow*";
	}
	if (word_is(key, "from"))
		return number_parse(value, &options->from) && options->from
			? NULL : "the number of a test";
	if (word_is(key, "seed"))
		return number_parse(value, &options->seed) ? NULL : "a decimal number";
	if (word_is(key, "count"))
		return number_parse(value, &options->count) && options->count
			? NULL : "how many cases";
	if (word_is(key, "except")) {
		options->except = value;
		return NULL;
	}
	return "run=GLOBS from=N log=full|failures|quiet seed=N count=N except=NAMES list bench";
}

static const char *word_parse(struct options *options, struct word word)
{
	struct word value = word, key = word_next(&value, '=');

	if (word_is(word, "list"))
		options->list = true;
	else if (word_is(word, "bench"))
		options->bench = true;
	else
		return option_parse(options, key, value);
	return NULL;
}

struct options options_parse(const char *line)
{
	struct options options = { .log = LOG_FULL, .from = 1 };
	struct word rest = { line, strlen(line) };

	while (rest.length) {
		struct word word = word_next(&rest, ' ');
		const char *allowed = word.length ? word_parse(&options, word) : NULL;

		if (allowed && !options.allowed) {
			options.wrong = word;
			options.allowed = allowed;
		}
	}
	if (!options.from)
		options.from = 1;
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

bool options_pick(const struct options *options, const char *name, bool on_request)
{
	struct word rest = options->run;
	size_t length = rest.length ? strlen(name) : 0;
	bool wanted = false, only_leaves_out = true;

	while (rest.length) {
		struct word glob = word_next(&rest, ',');
		bool leave_out = glob.length && glob.start[0] == '-';

		if (leave_out) {
			if (glob_matches(glob.start + 1, glob.length - 1, name, length))
				return false;
			continue;
		}
		only_leaves_out = false;
		wanted |= glob_matches(glob.start, glob.length, name, length) &&
			  (!on_request || names_group(glob, name));
	}
	return wanted || (only_leaves_out && !on_request);
}
