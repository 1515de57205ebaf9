/* check.c -- a scenario while it is being checked: its texts, and the refusal of a step */
#include "tests/script/check.h"

#include <stdarg.h>

#include "kernel/print.h"

const char *script_text_at(const struct check *check, u32 offset)
{
	return (const char *)check->start + offset;
}

bool script_is_text(const struct check *check, u32 offset)
{
	const struct script_header *header = check->header;

	return offset >= header->strings && offset - header->strings < header->strings_size;
}

bool script_text_is_good(const struct check *check, const char *what, u32 offset)
{
	if (script_is_text(check, offset))
		return true;
	return refuse(check->refusal, "%s is at %#x, outside of the strings at %#x to %#x",
		      what, offset, check->header->strings,
		      check->header->strings + check->header->strings_size - 1);
}

bool refuse_step(const struct check *check, u32 which, const char *format, ...)
{
	char text[128];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	return refuse(check->refusal, "step %u (line %u) %s",
		      which + 1, check->steps[which].line, text);
}
