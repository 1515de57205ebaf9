/* symbols.c -- the functions' names, for backtraces */
#include "kernel/symbols.h"

#include "kernel/image.h"

struct named_address symbol_find(const struct symbol *table, u64 count, u64 address)
{
	u64 low = 0, high = count;              /* the first above address is in [low, high] */

	while (low < high) {
		u64 middle = low + (high - low) / 2;
		if (table[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return (struct named_address){ "?", address };
	return (struct named_address){
		(const char *)table + table[low - 1].name, address - table[low - 1].address
	};
}

struct named_address symbol_of(u64 address)
{
	const struct image *image = image_of(address);

	if (image == NULL)
		return (struct named_address){ "?", address };
	return symbol_find(image->symbols, (u64)(image->symbols_end - image->symbols), address);
}
