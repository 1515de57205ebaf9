#include "tests/suites/cases/case_print.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case_printing.h"

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

bool case_is_new(struct printing *printing, const void *place)
{
	for (unsigned i = 0; i < printing->printed_count; i++)
		if (printing->printed[i] == (u64)place)
			return false;
	printing->printed[printing->printed_count++] = (u64)place;
	return true;
}

static void print_title(const struct printing *printing, const char *origin)
{
	const struct ept_case *that = printing->that;

	case_line("; %s", origin);
	case_line("%s", "");
	case_line("%%include \"scenario.inc\"");
	case_line("%s", "");
	case_line("scenario \"a %s of %u byte%s with %s ends as the SDM says\"",
		  arena_access_name(that->access), that->size, that->size == 1 ? "" : "s",
		  case_paging_name(that->paging));
	case_line("%s", "");
}

void case_print(const struct case_memory *memory, const struct ept_case *that,
		const struct case_result *result, const char *origin)
{
	struct printing printing = {
		.memory = memory, .that = that, .result = result,
		.model = case_model(memory, that),
	};

	print_title(&printing, origin);
	case_print_pages(&printing);
	case_print_registers(&printing);
	case_line("%s", "");
	case_print_expectation(&printing);
	case_line("%s", "");
	case_print_code(&printing);
	case_print_contents(&printing);
}
