/* pvh.c -- the start information of Xen's "x86/HVM direct boot ABI" */
#include "kernel/pvh.h"

#include "kernel/boot_parse.h"
#include "kernel/bytes.h"
#include "kernel/string.h"

/* struct hvm_start_info, struct hvm_modlist_entry, struct hvm_memmap_table_entry */
enum {
	INFO_VERSION       = 4,
	INFO_MODULE_COUNT  = 12,
	INFO_MODULES       = 16,
	INFO_COMMAND_LINE  = 24,
	INFO_RSDP          = 32,
	INFO_MAP           = 40,
	INFO_MAP_COUNT     = 48,
	INFO_SIZE          = 56,
	VERSION_WITH_MAP   = 1,

	MODULE_SIZE        = 8,
	MODULE_NAME        = 16,
	MODULE_ENTRY_SIZE  = 32,

	RANGE_SIZE         = 8,
	RANGE_TYPE         = 16,
	RANGE_ENTRY_SIZE   = 24,
	RANGE_TYPE_RAM     = 1,
};

/* Address 0 stands for no text; the rest of page 0 will be unmapped when the text is used. */
static enum boot_error take_text(const struct physical *memory, u64 address, const char **text)
{
	if (address == 0)
		*text = "";
	else
		*text = address < PAGE_SIZE ? NULL : physical_text(memory, address);
	if (*text != NULL)
		return BOOT_OK;
	*text = "";
	return BOOT_BAD_TEXT;
}

static enum boot_error take_module(const struct physical *memory, const u8 *entry,
				   struct boot_info *boot)
{
	u64 start = read64(entry), size = read64(entry + MODULE_SIZE);
	const char *name;

	/* The name is for messages alone, so one that cannot be read is no reason to refuse: qboot
	 * leaves in its place what its stack held before. */
	take_text(memory, read64(entry + MODULE_NAME), &name);
	return boot_add_module(boot, start, size, name);
}

static enum boot_error take_modules(const struct physical *memory, const u8 *info,
				    struct boot_info *boot)
{
	u32 count = read32(info + INFO_MODULE_COUNT);
	const u8 *entry = physical_at(memory, read64(info + INFO_MODULES),
				      (u64)count * MODULE_ENTRY_SIZE);

	if (count > 0 && entry == NULL)
		return BOOT_BAD_ENTRY;
	for (u32 i = 0; i < count; i++, entry += MODULE_ENTRY_SIZE) {
		enum boot_error error = take_module(memory, entry, boot);
		if (error != BOOT_OK)
			return error;
	}
	return BOOT_OK;
}

static enum boot_error take_range(const u8 *entry, struct boot_info *boot)
{
	if (read32(entry + RANGE_TYPE) != RANGE_TYPE_RAM)
		return BOOT_OK;
	return boot_add_range(boot, read64(entry), read64(entry + RANGE_SIZE));
}

static enum boot_error take_memory_map(const struct physical *memory, const u8 *info,
				       struct boot_info *boot)
{
	u32 count = read32(info + INFO_MAP_COUNT);
	const u8 *entry = physical_at(memory, read64(info + INFO_MAP),
				      (u64)count * RANGE_ENTRY_SIZE);

	if (read32(info + INFO_VERSION) < VERSION_WITH_MAP)
		return BOOT_NO_MEMORY_MAP;
	if (count > 0 && entry == NULL)
		return BOOT_BAD_ENTRY;
	for (u32 i = 0; i < count; i++, entry += RANGE_ENTRY_SIZE) {
		enum boot_error error = take_range(entry, boot);
		if (error != BOOT_OK)
			return error;
	}
	return BOOT_OK;
}

static enum boot_error take_all(const struct physical *memory, const u8 *info,
				struct boot_info *boot)
{
	enum boot_error error = take_text(memory, read64(info + INFO_COMMAND_LINE),
					  &boot->command_line);

	if (error == BOOT_OK)
		error = take_memory_map(memory, info, boot);
	if (error == BOOT_OK)
		error = take_modules(memory, info, boot);
	return error == BOOT_OK ? boot_check(boot) : error;
}

enum boot_error pvh_parse(u64 start_info, const struct physical *memory, struct boot_info *boot)
{
	const u8 *info = physical_at(memory, start_info, INFO_SIZE);

	memset(boot, 0, sizeof(*boot));
	boot->protocol = "PVH";
	boot->command_line = boot->loader = "";
	if (info == NULL || read32(info) != PVH_MAGIC)
		return BOOT_BAD_SIZE;
	boot->reserved = (struct memory_range){ start_info, INFO_SIZE };
	boot->rsdp = read64(info + INFO_RSDP);
	return take_all(memory, info, boot);
}
