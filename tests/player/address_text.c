/* address_text.c -- an address, by the name that the scenario gives to its page */
#include "tests/player/address_text.h"

#include "kernel/print.h"

size_t address_text(char *text, size_t size, const struct script *script, u64 address)
{
	for (u32 i = 0; i < script->header->region_count; i++) {
		const struct script_region *region = &script->regions[i];
		const char *name = script_text(script, region->name);
		u64 offset = address - region->gpa;

		if (offset >= region->size)
			continue;
		if (offset == 0)
			return print_into(text, size, "%s(%#lx)", name, address);
		return print_into(text, size, "%s+%#lx(%#lx)", name, offset, address);
	}
	return print_into(text, size, "%#lx", address);
}
