/* physical.h -- a window of host-physical memory, for reading at addresses that others chose */
#ifndef PHYSICAL_H
#define PHYSICAL_H

#include "kernel/types.h"

/* The addresses [start, end) can be read; address 0 would be at base.  The kernel's base is 0, as
 * its memory is mapped at its own addresses. */
struct physical {
	u64 base, start, end;
};

/* Where to read size bytes at the address; null unless all of them are in the window. */
static inline const void *physical_at(const struct physical *memory, u64 address, u64 size)
{
	if (address < memory->start || address > memory->end || size > memory->end - address)
		return NULL;
	return (const void *)(memory->base + address);
}

/* The text at the address; null unless its closing zero is in the window, too. */
static inline const char *physical_text(const struct physical *memory, u64 address)
{
	const char *text;

	for (u64 at = address; (text = physical_at(memory, at, 1)) != NULL; at++)
		if (*text == '\0')
			return (const char *)(memory->base + address);
	return NULL;
}

#endif
