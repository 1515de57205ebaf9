/* entry.c -- names of levels, page sizes and memory types, for the report */
#include "ept/entry.h"

const char *ept_level_name(enum ept_level level)
{
	static const char *const names[] = { "?", "PT", "PD", "PDPT", "PML4", "PML5" };

	return names[level];
}

const char *ept_level_size_name(enum ept_level level)
{
	static const char *const names[] = { "?", "4 KiB", "2 MiB", "1 GiB", "512 GiB", "256 TiB" };

	return names[level];
}

const char *memory_type_name(unsigned type)
{
	static const char *const names[] = {
		"uc", "wc", "type 2", "type 3", "wt", "wp", "wb", "type 7",
	};

	return names[type & 7];
}
