/* error_words.c -- a VM-instruction error in words */
#include "tests/explain/error_words.h"
#include "kernel/print.h"

enum index {
#define VM_INSTRUCTION_ERROR(number, name, text) INDEX_##name,
#include "vmx/instruction_errors.def"
#undef VM_INSTRUCTION_ERROR
	ERRORS
};

static const struct row {
	u32 number;
	const char *name, *text;
} rows[ERRORS] = {
#define VM_INSTRUCTION_ERROR(number, name, text) { number, #name, text },
#include "vmx/instruction_errors.def"
#undef VM_INSTRUCTION_ERROR
};

static const struct { const char *instructions, *sentence, *section; } meanings[ERRORS] = {
#define ERROR(name, instructions, sentence, section)                                               \
	[INDEX_##name] = { instructions, sentence, section },
#include "tests/explain/error_meanings.def"
#undef ERROR
};

#define ERROR(...) 1 +
_Static_assert(
#include "tests/explain/error_meanings.def"
	0 == ERRORS, "each VM-instruction error has a meaning");
#undef ERROR

void error_list(void)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		print("%u %s\n", rows[i].number, rows[i].name);
}

static const struct row *row_of(u32 number)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].number == number)
			return &rows[i];
	return NULL;
}

const char *error_text(u32 number)
{
	const struct row *row = row_of(number);

	return row ? row->text : NULL;
}

void error_explain(u32 number)
{
	const struct row *row = row_of(number);

	if (!row) {
		print("VM-instruction error %u: the SDM does not define it\n", number);
		return;
	}
	print("VM-instruction error %u, %s: %s\n", number, row->name, row->text);
	print("%s\nof %s\n", meanings[row - rows].sentence, meanings[row - rows].instructions);
	print("SDM vol. 3, \"%s\"\n", meanings[row - rows].section);
}
