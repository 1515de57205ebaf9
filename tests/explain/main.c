/* main.c -- what `./trapline explain` asks: numbers and dumps in words, by the kernel's own tables
 * and the model
 *
 *	explain exit REASON [qualification=N] [gpa=N] [gla=N] [info=N] [instruction=N]
 *	explain error NUMBER
 *	explain vmcs            with a dump as tests/explain/dump.h says on standard input
 *	explain names exit|error|vmcs
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/serial.h"
#include "tests/explain/dump.h"
#include "tests/explain/entry_words.h"
#include "tests/explain/error_words.h"
#include "tests/explain/exit_words.h"

enum { EXPLAINED = 0, CANNOT_PRINT = 1, REFUSED = 2 };

/* All prints as in the kernel. */
void serial_write(const char *text, size_t length)
{
	fwrite(text, 1, length, stdout);
}

static int refuse(const char *why, const char *what)
{
	fprintf(stderr, "explain: %s: %s\n", what, why);
	return REFUSED;
}

/* "name=VALUE" */
static bool is_value(const char *word, const char *name, bool *has, u64 *value)
{
	size_t length = strlen(name);
	char *end;

	if (strncmp(word, name, length) != 0 || word[length] != '=')
		return false;
	*has = true;
	*value = strtoull(word + length + 1, &end, 0);
	return !*end;
}

static bool takes(struct known_exit *exit, const char *word)
{
	u64 information = exit->information, instruction = exit->instruction;
	bool taken =
		is_value(word, "qualification", &exit->has_qualification, &exit->qualification) ||
		is_value(word, "gpa", &exit->has_gpa, &exit->gpa) ||
		is_value(word, "gla", &exit->has_gla, &exit->gla) ||
		is_value(word, "info", &exit->has_information, &information) ||
		is_value(word, "instruction", &exit->has_instruction, &instruction);

	exit->information = (u32)information;
	exit->instruction = (u32)instruction;
	return taken;
}

#define VALUES "qualification= gpa= gla= info= instruction="

static int explain_exit(char **words)
{
	struct known_exit exit = { .reason = (u32)strtoull(words[0], NULL, 0) };

	for (words++; *words; words++)
		if (!takes(&exit, *words))
			return refuse("a value is one of " VALUES, *words);
	exit_explain(&exit);
	return EXPLAINED;
}

static int explain_vmcs(void)
{
	struct dump dump;
	const char *wrong = dump_read(&dump);

	if (wrong)
		return refuse(wrong, "standard input");
	entry_explain(&dump);
	return EXPLAINED;
}

static int list(const char *what)
{
	if (strcmp(what, "exit") == 0)
		exit_list();
	else if (strcmp(what, "error") == 0)
		error_list();
	else if (strcmp(what, "vmcs") == 0)
		dump_list_fields();
	else
		return refuse("there are names of exit, error and vmcs", what);
	return EXPLAINED;
}

static int run(int count, char **words)
{
	const char *what = count > 1 ? words[1] : "nothing";

	if (count > 2 && strcmp(what, "exit") == 0)
		return explain_exit(words + 2);
	if (count == 2 && strcmp(what, "vmcs") == 0)
		return explain_vmcs();
	if (count == 3 && strcmp(what, "names") == 0)
		return list(words[2]);
	if (count != 3 || strcmp(what, "error") != 0)
		return refuse("what is asked for is exit, error, vmcs or names", what);
	error_explain((u32)strtoull(words[2], NULL, 0));
	return EXPLAINED;
}

int main(int count, char **words)
{
	int status = run(count, words);

	return fflush(stdout) == 0 ? status : CANNOT_PRINT;
}
