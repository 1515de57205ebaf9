/* case_line.c -- a line of the scenario that a case is printed as */
#include "tests/suites/cases/case_line.h"
#include "kernel/print.h"
#include "tests/report/test.h"

#define LINE_SIZE 200

void case_line(const char *format, ...)
{
	char text[LINE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	note("  | %s", text);
}
