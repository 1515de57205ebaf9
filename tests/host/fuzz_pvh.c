/* fuzz_pvh.c -- no PVH start information, however odd, harms its parser
 * links: kernel/pvh.c kernel/boot_parse.c
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/pvh.h"

/* The address of the input's first byte, which is where the start information begins. */
#define WINDOW_AT 0x10000ull

static void check_text(const char *text, const uint8_t *start, size_t size)
{
	bool inside = (const uint8_t *)text >= start && (const uint8_t *)text < start + size;

	if (strlen(text) > 0 && !inside)
		abort();
}

static void parse(const uint8_t *memory, size_t size)
{
	const struct physical window = {
		(uintptr_t)memory - WINDOW_AT, WINDOW_AT, WINDOW_AT + size
	};
	struct boot_info boot;
	enum boot_error error = pvh_parse(WINDOW_AT, &window, &boot);

	if (boot.range_count > BOOT_RANGES_MAX || boot.module_count > BOOT_MODULES_MAX)
		abort();
	check_text(boot.command_line, memory, size);
	for (u32 i = 0; i < boot.module_count; i++)
		check_text(boot.modules[i].name, memory, size);
	for (u32 i = 0; error == BOOT_OK && i < boot.module_count; i++)
		if ((u64)boot.modules[i].data + boot.modules[i].size > 4ull << 30)
			abort();
}

/* Offsets in struct hvm_start_info. */
enum {
	MODULE_COUNT = 12, MODULES = 16, COMMAND_LINE = 24, MAP = 40, MAP_COUNT = 48, INFO_SIZE = 56
};

static void point_inside(uint8_t *memory, size_t size, size_t field)
{
	u64 address;

	memcpy(&address, memory + field, sizeof(address));
	address = WINDOW_AT + address % size;
	memcpy(memory + field, &address, sizeof(address));
}

/* Parses the input once as it comes, and once with a right start and addresses that lie in it: else
 * nearly every input would fail there. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const u32 start[] = { PVH_MAGIC, 1 };
	uint8_t *memory;

	parse(data, size);
	if (size < INFO_SIZE)
		return 0;
	memory = malloc(size);
	memcpy(memory, data, size);
	memcpy(memory, start, sizeof(start));
	memset(memory + MODULE_COUNT + 1, 0, 3);
	memset(memory + MAP_COUNT + 1, 0, 3);
	point_inside(memory, size, MODULES);
	point_inside(memory, size, COMMAND_LINE);
	point_inside(memory, size, MAP);
	parse(memory, size);
	free(memory);
	return 0;
}
