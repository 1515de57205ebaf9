/* symbols.h -- the functions' names, for backtraces */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include "kernel/types.h"

struct symbol;                          /* kernel/image.h */

struct named_address {
	const char *name;               /* of the function, "?" if the address is in none */
	u64 offset;                     /* from its start */
};

/* The function that the address is in, by a table of so many symbols. */
struct named_address symbol_find(const struct symbol *table, u64 count, u64 address);

/* The same, by the table of the image that the address is in. */
struct named_address symbol_of(u64 address);

#endif
