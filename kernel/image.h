/* image.h -- code and data in pages by what may be done with them: the kernel itself, and at most
 * one more image, loaded beside it
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "kernel/types.h"

/* Where an instruction may fault, and where to go on if it does (fixup.inc). */
struct fixup {
	u64 at, go_on_at;
};

/* Made by symbols.awk, by ascending address; the name's offset is from the start of the table. */
struct symbol {
	u32 address, name;
};

struct image {
	const u8 *text;                                 /* each part ends where the next begins */
	const u8 *user;                                 /* runs at CPL 3, too */
	const u8 *rodata, *data, *end;
	const struct fixup *fixups, *fixups_end;        /* kernel/traps.c looks them up */
	const struct symbol *symbols, *symbols_end;     /* kernel/symbols.c looks them up */
};

extern const struct image kernel_image;

/* Of its code, constants and names: in a kernel of another identity, functions are elsewhere. */
extern const u64 kernel_identity;

/* From now on faults in it find their fix-ups, and backtraces its names; paging_map() lets it run.
 * It must lie in pages of its own within the kernel's data.  False if there is one already. */
bool image_add(const struct image *image);

/* The image that the address is in, null if it is in none. */
const struct image *image_of(u64 address);

/* Whether the kernel runs what is there. */
bool image_has_code(u64 address);

#endif
