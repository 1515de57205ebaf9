/* multiboot2.c -- the boot information of the Multiboot2 specification */
#include "kernel/multiboot2.h"

#include "kernel/boot_parse.h"
#include "kernel/bytes.h"
#include "kernel/string.h"

/* "Boot information format": a header, then tags at multiples of 8 bytes. */
enum {
	TAG_END          = 0,
	TAG_COMMAND_LINE = 1,
	TAG_LOADER_NAME  = 2,
	TAG_MODULE       = 3,
	TAG_MEMORY_MAP   = 6,
	TAG_ACPI_OLD     = 14,
	TAG_ACPI_NEW     = 15,

	HEADER_SIZE      = 8,
	TAG_HEADER_SIZE  = 8,
	TAG_ALIGNMENT    = 8,
	MODULE_NAME_AT   = 16,
	MAP_ENTRIES_AT   = 16,
	MAP_ENTRY_SIZE   = 24,
	MAP_TYPE_RAM     = 1,
};

struct tag {
	const u8 *bytes;
	u32 type, size;                         /* its header included */
};

/* Null if its closing zero is not in the tag. */
static const char *text_at(const struct tag *tag, u32 offset)
{
	for (u32 i = offset; i < tag->size; i++)
		if (tag->bytes[i] == '\0')
			return (const char *)tag->bytes + offset;
	return NULL;
}

static enum boot_error take_text(const struct tag *tag, const char **text)
{
	*text = text_at(tag, TAG_HEADER_SIZE);
	if (*text != NULL)
		return BOOT_OK;
	*text = "";
	return BOOT_BAD_TEXT;
}

static enum boot_error take_module(const struct tag *tag, struct boot_info *boot)
{
	if (tag->size < MODULE_NAME_AT)
		return BOOT_BAD_ENTRY;
	u32 start = read32(tag->bytes + 8), end = read32(tag->bytes + 12);
	const char *name = text_at(tag, MODULE_NAME_AT);
	if (name == NULL)
		return BOOT_BAD_TEXT;
	if (end < start)
		return BOOT_BAD_MODULE;
	return boot_add_module(boot, start, end - start, name);
}

static enum boot_error take_memory_map(const struct tag *tag, struct boot_info *boot)
{
	if (tag->size < MAP_ENTRIES_AT)
		return BOOT_BAD_ENTRY;
	u32 entry_size = read32(tag->bytes + 8);
	if (entry_size < MAP_ENTRY_SIZE)
		return BOOT_BAD_ENTRY;
	for (u32 at = MAP_ENTRIES_AT; tag->size - at >= entry_size; at += entry_size) {
		const u8 *entry = tag->bytes + at;
		if (read32(entry + 16) != MAP_TYPE_RAM)
			continue;
		enum boot_error error = boot_add_range(boot, read64(entry), read64(entry + 8));
		if (error != BOOT_OK)
			return error;
	}
	return BOOT_OK;
}

/* The old and the new tag each hold a copy of the RSDP; the new one says more. */
static enum boot_error take_acpi(const struct tag *tag, struct boot_info *boot)
{
	if (boot->rsdp == 0 || tag->type == TAG_ACPI_NEW)
		boot->rsdp = (u64)tag->bytes + TAG_HEADER_SIZE;
	return BOOT_OK;
}

static enum boot_error take_tag(const struct tag *tag, struct boot_info *boot)
{
	switch (tag->type) {
	case TAG_COMMAND_LINE: return take_text(tag, &boot->command_line);
	case TAG_LOADER_NAME:  return take_text(tag, &boot->loader);
	case TAG_MODULE:       return take_module(tag, boot);
	case TAG_MEMORY_MAP:   return take_memory_map(tag, boot);
	case TAG_ACPI_OLD:
	case TAG_ACPI_NEW:     return take_acpi(tag, boot);
	default:               return BOOT_OK;
	}
}

static enum boot_error take_tags(const u8 *information, u64 size, struct boot_info *boot)
{
	for (u64 at = HEADER_SIZE; size - at >= TAG_HEADER_SIZE;) {
		const u8 *bytes = information + at;
		struct tag tag = { bytes, read32(bytes), read32(bytes + 4) };
		if (tag.size < TAG_HEADER_SIZE || tag.size > size - at)
			return BOOT_BAD_ENTRY;
		if (tag.type == TAG_END)
			return boot_check(boot);
		enum boot_error error = take_tag(&tag, boot);
		if (error != BOOT_OK)
			return error;
		at += (tag.size + TAG_ALIGNMENT - 1ull) & ~(TAG_ALIGNMENT - 1ull);
		if (at > size)
			break;
	}
	return BOOT_BAD_ENTRY;                  /* no end tag */
}

enum boot_error multiboot2_parse(const void *information, u64 limit, struct boot_info *boot)
{
	memset(boot, 0, sizeof(*boot));
	boot->protocol = "multiboot2";
	boot->command_line = boot->loader = "";
	if (limit < HEADER_SIZE)
		return BOOT_BAD_SIZE;
	u32 size = read32(information);
	if (size < HEADER_SIZE || size > limit)
		return BOOT_BAD_SIZE;
	boot->reserved = (struct memory_range){ (u64)information, size };
	return take_tags(information, size, boot);
}
