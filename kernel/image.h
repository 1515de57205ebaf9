/* image.h -- code and data in pages by what may be done with them: the kernel itself, and at most
 * one more image, loaded beside it
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "kernel/types.h"

struct fixup;
struct symbol;

struct image {
	const u8 *text;                                 /* each part ends where the next begins */
	const u8 *user;                                 /* runs at CPL 3, too */
	const u8 *rodata, *data, *end;
	const struct fixup *fixups, *fixups_end;        /* kernel/traps.h */
	const struct symbol *symbols, *symbols_end;     /* kernel/symbols.h */
};

extern const struct image kernel_image;

/* Of its code, constants and names: in a kernel of another identity, functions are elsewhere. */
extern const u64 kernel_identity;

/* From now on its parts are mapped as what they are, faults in it find their fix-ups, and
 * backtraces its names.  It must lie in pages of its own within the kernel's data. */
void image_add(const struct image *image);

/* The image that the address is in, null if it is in none. */
const struct image *image_of(u64 address);

/* Whether the kernel runs what is there. */
bool image_has_code(u64 address);

#endif
