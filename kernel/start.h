/* start.h -- from boot.asm to the program above the kernel */
#ifndef START_H
#define START_H

#include "kernel/boot_info.h"

/* What runs on this kernel (tests/program/main.c): called once, with serial line, traps, paging and
 * memory ready; on a boot error with what could be read so far.  Never returns, but ends by
 * machine_end(). */
__attribute__((noreturn)) void program(const struct boot_info *boot, enum boot_error error);

#endif
