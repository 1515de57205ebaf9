/* image.h -- where code and data lie in memory: those of the kernel itself, and of at most one more
 * image that is loaded beside it
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "kernel/types.h"

/* A row that fixup.inc makes: an instruction that may fault, and where to go on if it does. */
struct fixup {
	u64 at, go_on_at;
};

/* A row of the table that symbols.awk makes, in the order of addresses; `name` is an offset from
 * the start of the table. */
struct symbol {
	u32 address, name;
};

struct image {
	const u8 *text;                                 /* each part ends where the next begins */
	const u8 *user;                                 /* code that CPL 3 may run as well */
	const u8 *rodata, *data, *end;
	const struct fixup *fixups, *fixups_end;        /* kernel/traps.c looks them up */
	const struct symbol *symbols, *symbols_end;     /* kernel/symbols.c looks them up */
	const u8 *room, *room_end;                      /* of the kernel's: for another image */
};

extern const struct image kernel_image;

/* A hash of the kernel's code, constants and names: what was linked to a kernel of another identity
 * would find the functions elsewhere. */
extern const u64 kernel_identity;

/* Where the other image is to lie, in pages of its own: from kernel_image.room on (linker.ld). */
extern u8 image_room[];

/* From now on faults in it find their fix-ups, and backtraces its names; paging_map() lets it run.
 * False if there is one already. */
bool image_add(const struct image *image);

/* The image that the address is in, null if it is in none. */
const struct image *image_of(u64 address);

/* Whether code that the kernel runs is at the address. */
bool image_has_code(u64 address);

#endif
