/* boot_parse.h -- what both boot protocols' parsers share */
#ifndef BOOT_PARSE_H
#define BOOT_PARSE_H

#include "kernel/boot_info.h"

/* Modules and texts must lie below this address, as the kernel maps no more. */
#define BOOT_REACH (4ull << 30)

/* Each returns BOOT_TOO_MANY if there is no room for another one. */
enum boot_error boot_add_range(struct boot_info *boot, u64 start, u64 size);
enum boot_error boot_add_module(struct boot_info *boot, u64 start, u64 size, const char *name);

/* Whether all of [start, end) is usable RAM. */
bool boot_is_usable(const struct boot_info *boot, u64 start, u64 end);

/* Checks what is known only when all was read: there is memory, and the modules are in it. */
enum boot_error boot_check(const struct boot_info *boot);

#endif
