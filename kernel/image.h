/* image.h -- where the parts of the kernel lie, each in pages of its own (linker.ld) */
#ifndef IMAGE_H
#define IMAGE_H

#include "kernel/types.h"

extern const u8 image_start[], image_end[];
extern const u8 user_start[], user_limit[];     /* run at CPL 3, too */
extern const u8 rodata_start[], data_start[];

#endif
