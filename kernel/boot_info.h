/* boot_info.h -- what the boot loader told us, whichever protocol it spoke
 *
 * It is filled in by multiboot2.c or pvh.c, which check every length and pointer.  Texts and
 * modules stay where the loader put them; memory_start() keeps the page allocator off them.
 */
#ifndef BOOT_INFO_H
#define BOOT_INFO_H

#include "kernel/types.h"

#define BOOT_RANGES_MAX  64
#define BOOT_MODULES_MAX 64

struct memory_range {
	u64 start, size;                        /* bytes */
};

struct boot_module {
	const u8   *data;
	u64         size;                       /* bytes */
	const char *name;                       /* the loader's text for it, "" if none */
};

struct boot_info {
	const char *protocol;                   /* "multiboot2" or "PVH" */
	const char *loader;                     /* its name, "" if it gave none */
	const char *command_line;               /* "" if it gave none */
	u64         rsdp;                       /* host-physical address of the RSDP, 0: unknown */
	struct memory_range reserved;           /* the boot information itself */
	u32         range_count;                /* usable RAM, in the loader's order */
	struct memory_range ranges[BOOT_RANGES_MAX];
	u32         module_count;
	struct boot_module modules[BOOT_MODULES_MAX];
};

enum boot_error {
	BOOT_OK,
	BOOT_NO_PROTOCOL,                       /* neither magic number */
	BOOT_BAD_SIZE,                          /* the information's own size makes no sense */
	BOOT_BAD_ENTRY,                         /* a tag or table entry runs past its end */
	BOOT_NO_MEMORY_MAP,
	BOOT_BAD_TEXT,                          /* a string without its closing zero */
	BOOT_BAD_MODULE,                        /* ends before it starts, or is outside of memory */
	BOOT_MODULE_IN_IMAGE,                   /* a module lies where the kernel is */
	BOOT_TOO_MANY,                          /* more ranges or modules than we keep */
};

/* What the error means, for the report. */
const char *boot_error_text(enum boot_error error);

#endif
