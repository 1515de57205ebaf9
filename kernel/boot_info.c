/* boot_info.c -- what the boot loader told us: its errors in words */
#include "kernel/boot_info.h"

static const char *const texts[] = {
	[BOOT_OK]              = "the boot information is well-formed",
	[BOOT_NO_PROTOCOL]     = "started by neither multiboot2 nor PVH",
	[BOOT_BAD_SIZE]        = "the boot information's own size or magic number makes no sense",
	[BOOT_BAD_ENTRY]       = "an entry of the boot information runs past its end",
	[BOOT_NO_MEMORY_MAP]   = "the boot loader gave no memory map with usable memory",
	[BOOT_BAD_TEXT]        = "a text in the boot information lacks its closing zero",
	[BOOT_BAD_MODULE]      = "a module ends before it starts, or lies outside of usable memory",
	[BOOT_MODULE_IN_IMAGE] = "a module lies where the kernel is: it does not fit into memory",
	[BOOT_TOO_MANY]        = "more memory ranges or modules than the kernel keeps (64 each)",
};

const char *boot_error_text(enum boot_error error)
{
	return (unsigned)error < COUNT(texts) ? texts[error] : "an error without a name";
}
