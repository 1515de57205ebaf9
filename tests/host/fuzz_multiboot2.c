/* fuzz_multiboot2.c -- no multiboot2 information, however odd, harms its parser
 * links: kernel/multiboot2.c kernel/boot_parse.c
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/multiboot2.h"

static bool is_inside(const char *text, const uint8_t *start, size_t size)
{
	return (const uint8_t *)text >= start && (const uint8_t *)text < start + size;
}

/* Every text must end, and lie in the information unless it is empty. */
static void check_text(const char *text, const uint8_t *start, size_t size)
{
	if (strlen(text) > 0 && !is_inside(text, start, size))
		abort();
}

static void parse(const uint8_t *information, size_t size)
{
	struct boot_info boot;
	enum boot_error error = multiboot2_parse(information, size, &boot);

	if (boot.range_count > BOOT_RANGES_MAX || boot.module_count > BOOT_MODULES_MAX)
		abort();
	check_text(boot.command_line, information, size);
	check_text(boot.loader, information, size);
	for (u32 i = 0; i < boot.module_count; i++)
		check_text(boot.modules[i].name, information, size);
	for (u32 i = 0; error == BOOT_OK && i < boot.module_count; i++)
		if ((u64)boot.modules[i].data + boot.modules[i].size > 4ull << 30)
			abort();
}

/* Parses the input once as it comes, and once as tags between a right header and an end tag: else
 * nearly every input would fail at its first number. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const u32 end_tag[] = { 0, 8 };
	size_t padded = (size + 7) & ~7ull, whole = 8 + padded + sizeof(end_tag);
	const u32 header[] = { (u32)whole, 0 };
	uint8_t *information = calloc(1, whole);

	parse(data, size);
	memcpy(information, header, sizeof(header));
	if (size > 0)
		memcpy(information + 8, data, size);
	memcpy(information + 8 + padded, end_tag, sizeof(end_tag));
	parse(information, whole);
	free(information);
	return 0;
}
