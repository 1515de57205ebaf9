/* image.c -- the kernel's own image, and the one that is loaded beside it */
#include "kernel/image.h"

/* Symbols of linker.ld. */
extern const u8 image_start[], user_start[], rodata_start[], data_start[], image_end[];
extern const u8 image_room_end[];
extern const struct fixup fixups[], fixups_end[];

/* The table that symbols.awk makes. */
extern const struct symbol kernel_symbols[], kernel_symbols_end[];

const struct image kernel_image = {
	.text = image_start, .user = user_start, .rodata = rodata_start, .data = data_start,
	.end = image_end,
	.fixups = fixups, .fixups_end = fixups_end,
	.symbols = kernel_symbols, .symbols_end = kernel_symbols_end,
	.room = image_room, .room_end = image_room_end,
};

extern const u8 kernel_identity_value[];        /* an absolute symbol that GNUmakefile defines */
const u64 kernel_identity = (u64)kernel_identity_value;

static struct image added;                      /* lies within image_room */

bool image_add(const struct image *image)
{
	if (added.text != NULL)
		return false;
	added = *image;
	return true;
}

static bool is_in(const struct image *image, u64 address)
{
	return address >= (u64)image->text && address < (u64)image->end;
}

const struct image *image_of(u64 address)
{
	if (is_in(&added, address))
		return &added;
	return is_in(&kernel_image, address) ? &kernel_image : NULL;
}

bool image_has_code(u64 address)
{
	const struct image *image = image_of(address);

	return image != NULL && address < (u64)image->user;
}
