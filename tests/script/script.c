/* script.c -- a scenario's texts, and its name even if the file is damaged */
#include "tests/script/script.h"

#include "kernel/print.h"
#include "kernel/string.h"

const char *script_text(const struct script *script, u32 offset)
{
	return (const char *)script->header + offset;
}

static bool is_name_character(char character)
{
	return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
		|| (character >= '-' && character <= '9') || character == '_';
}

u64 script_name_length(const u8 *start, u64 available, u64 offset)
{
	u64 length = 0;

	while (offset + length < available && is_name_character((char)start[offset + length]))
		length++;
	return offset + length < available && start[offset + length] == 0 ? length : 0;
}

void script_name(const struct module_file *file, char name[SCRIPT_NAME_SIZE])
{
	const struct script_header *header = (const void *)file->start;
	u64 length = 0;

	if (file->available >= sizeof(*header) && module_file_is(file, SCENARIO_MAGIC))
		length = script_name_length(file->start, file->available, header->name);
	if (length > 0 && length < SCRIPT_NAME_SIZE)
		memcpy(name, file->start + header->name, length + 1);
	else
		print_into(name, SCRIPT_NAME_SIZE, "module %u at %#lx", file->module, file->offset);
}
