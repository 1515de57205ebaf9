/* boot_parse.c -- what both boot protocols' parsers share */
#include "kernel/boot_parse.h"

enum boot_error boot_add_range(struct boot_info *boot, u64 start, u64 size)
{
	if (size > ~0ull - start)
		return BOOT_BAD_ENTRY;
	if (boot->range_count == BOOT_RANGES_MAX)
		return BOOT_TOO_MANY;
	boot->ranges[boot->range_count++] = (struct memory_range){ start, size };
	return BOOT_OK;
}

enum boot_error boot_add_module(struct boot_info *boot, u64 start, u64 size, const char *name)
{
	if (boot->module_count == BOOT_MODULES_MAX)
		return BOOT_TOO_MANY;
	boot->modules[boot->module_count++] = (struct boot_module){ (const u8 *)start, size, name };
	return BOOT_OK;
}

/* The end of the range that has the address, or the address itself if none has it. */
static u64 usable_until(const struct boot_info *boot, u64 address)
{
	for (u32 i = 0; i < boot->range_count; i++) {
		const struct memory_range *range = &boot->ranges[i];
		if (address - range->start < range->size)
			return range->start + range->size;
	}
	return address;
}

bool boot_is_usable(const struct boot_info *boot, u64 start, u64 end)
{
	while (start < end) {
		u64 until = usable_until(boot, start);
		if (until == start)
			return false;
		start = until;
	}
	return true;
}

/* The end of what has to be usable of a module: all of it but the page in which it ends, if it
 * began before that one.  QEMU's microvm puts a module at the very end of memory, and SeaBIOS
 * reserves the last page there.  The module is whole all the same: each file in it ends with a
 * mark. */
static u64 end_to_check(u64 start, u64 end)
{
	u64 last_page = end & ~(PAGE_SIZE - 1);

	return last_page > start ? last_page : end;
}

/* Page 0 will be unmapped. */
static bool is_readable(const struct boot_info *boot, u64 start, u64 size)
{
	return start <= BOOT_REACH && size <= BOOT_REACH - start &&
	       (size == 0 || start >= PAGE_SIZE) &&
	       boot_is_usable(boot, start, end_to_check(start, start + size));
}

enum boot_error boot_check(const struct boot_info *boot)
{
	if (boot->range_count == 0)
		return BOOT_NO_MEMORY_MAP;
	for (u32 i = 0; i < boot->module_count; i++)
		if (!is_readable(boot, (u64)boot->modules[i].data, boot->modules[i].size))
			return BOOT_BAD_MODULE;
	return BOOT_OK;
}
