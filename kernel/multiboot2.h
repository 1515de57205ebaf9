/* multiboot2.h -- the boot information of the Multiboot2 specification */
#ifndef MULTIBOOT2_H
#define MULTIBOOT2_H

#include "kernel/boot_info.h"

#define MULTIBOOT2_MAGIC 0x36d76289u            /* in EAX at the kernel's entry */

/* Reads nothing outside of the limit bytes at information.  What could be read before an error
 * is in *boot. */
enum boot_error multiboot2_parse(const void *information, u64 limit, struct boot_info *boot);

#endif
