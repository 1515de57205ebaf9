/* pvh.h -- the start information of Xen's "x86/HVM direct boot ABI", as QEMU's -kernel gives it */
#ifndef PVH_H
#define PVH_H

#include "kernel/boot_info.h"
#include "kernel/physical.h"

#define PVH_MAGIC 0x336ec578u                   /* what the start information begins with */

/* Reads nothing outside of the window.  What could be read before an error is in *boot. */
enum boot_error pvh_parse(u64 start_info, const struct physical *memory, struct boot_info *boot);

#endif
