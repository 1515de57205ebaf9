/* name_filter.c -- tells quickly that a name was added only once */
#include "tests/program/name_filter.h"

/* Of 2,000 names one in 16 shares its bit with another one. */
#define BIT_COUNT (1u << 15)

static u8 once[BIT_COUNT / 8], twice[BIT_COUNT / 8];

/* FNV-1a, a hash that is made for short texts. */
static u32 bit_of(const char *name)
{
	u64 hash = 0xcbf29ce484222325ul;

	for (; *name; name++)
		hash = (hash ^ (u8)*name) * 0x100000001b3ul;
	return (u32)(hash ^ hash >> 32) % BIT_COUNT;
}

void name_filter_add(const char *name)
{
	u32 bit = bit_of(name);
	u8 mask = (u8)(1 << bit % 8);

	twice[bit / 8] |= once[bit / 8] & mask;
	once[bit / 8] |= mask;
}

bool name_filter_may_be_twice(const char *name)
{
	u32 bit = bit_of(name);

	return twice[bit / 8] >> bit % 8 & 1;
}
