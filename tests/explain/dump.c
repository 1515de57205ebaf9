/* dump.c -- what is known of a VM entry from a dump: fields of the VMCS, and the processor */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/explain/dump.h"
#include "kernel/print.h"

static const struct { u16 encoding; const char *name; } fields[ENTRY_FIELDS] = {
#define FIELD(encoding, name) { encoding, #name },
#include "tests/model/entry_fields.def"
#undef FIELD
};

const char *dump_field_name(unsigned field)
{
	return fields[field].name;
}

/* SDM vol. 3, appendix "Field Encoding in VMCS": bits 14:13 of an encoding. */
unsigned dump_field_width(unsigned field)
{
	static const u8 widths[] = { 16, 64, 32, 64 };

	return widths[fields[field].encoding >> 13 & 3];
}

void dump_list_fields(void)
{
	for (unsigned i = 0; i < ENTRY_FIELDS; i++)
		print("%u %s\n", dump_field_width(i), fields[i].name);
}

static bool is_number(const char *text, u64 *value)
{
	char *end;

	*value = strtoull(text, &end, 0);
	return *text && !*end;
}

static const char *put_field(struct dump *dump, const char *name, u64 value)
{
	for (unsigned i = 0; i < ENTRY_FIELDS; i++) {
		if (strcmp(fields[i].name, name) != 0)
			continue;
		if (value & ~BITS(dump_field_width(i) - 1, 0))
			return "the value is wider than the field";
		dump->has[i] = true;
		dump->fields[i] = value;
		return NULL;
	}
	return "there is no such field";
}

static const char *put_processor(struct dump *dump, const char *name, u64 value)
{
#define TYPICAL(member, typical)                                                                   \
	if (strcmp(#member, name) == 0) {                                                          \
		dump->processor.member = (__typeof__(dump->processor.member))value;                \
		return NULL;                                                                       \
	}
#include "tests/explain/typical.def"
#undef TYPICAL
	return "there is nothing of that name that a processor has";
}

static const char *put_exit(struct dump *dump, u64 reason, u64 qualification)
{
	dump->has_reason = true;
	dump->reason = reason;
	dump->qualification = qualification;
	return NULL;
}

static const char *put_mode(struct dump *dump, u64 current_vmcs, u64 x2apic)
{
	dump->has_mode = true;
	dump->current_vmcs = current_vmcs;
	dump->x2apic = x2apic;
	return NULL;
}

static const char *put_line(struct dump *dump, const char *kind, const char *name, u64 value)
{
	u64 first;

	if (strcmp(kind, "field") == 0)
		return put_field(dump, name, value);
	if (strcmp(kind, "processor") == 0)
		return put_processor(dump, name, value);
	if (strcmp(kind, "exit") == 0 && is_number(name, &first))
		return put_exit(dump, first, value);
	if (strcmp(kind, "mode") == 0 && is_number(name, &first))
		return put_mode(dump, first, value);
	return "a line begins with field, processor, exit or mode";
}

const char *dump_read(struct dump *dump)
{
	char line[200], kind[16], name[64], number[32];
	const char *wrong = NULL;
	u64 value;

	*dump = (struct dump){ .processor = {
#define TYPICAL(member, typical) .member = typical,
#include "tests/explain/typical.def"
#undef TYPICAL
	} };
	while (!wrong && fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "%15s %63s %31s", kind, name, number) == 3 &&
		    is_number(number, &value))
			wrong = put_line(dump, kind, name, value);
		else
			wrong = "a line is a word, a name and a number";
	}
	return wrong;
}
