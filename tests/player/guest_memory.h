/* guest_memory.h -- the pages a scenario declares, as host memory and as EPT entries */
#ifndef GUEST_MEMORY_H
#define GUEST_MEMORY_H

#include "ept/table.h"
#include "tests/script/script.h"

struct guest_memory {
	const struct script *script;
	u8 **regions;                           /* where the host has the bytes of each region */
};

/* Takes memory for every page, fills it and maps it, unless there is no EPT; false after skip() or
 * error() said why that is not possible. */
bool guest_memory_start(struct guest_memory *memory, const struct ept *ept,
			const struct script *script);

/* Plays a REMAP step in the tables of one view; false after skip() said why that cannot be. */
bool guest_memory_remap(const struct guest_memory *memory, const struct ept *ept,
			const struct script_step *step);

/* Plays a SPLIT step in the tables of one view; false after skip() said that memory is short. */
bool guest_memory_split(const struct guest_memory *memory, const struct ept *ept,
			const struct script_step *step);

/* The level of the EPT entry that maps an address of a page. */
enum ept_level guest_memory_level(const struct guest_memory *memory, u64 address);

/* Plays a CLEAR_FLAGS step in the tables of one view. */
void guest_memory_clear_flags(const struct guest_memory *memory, const struct ept *ept,
			      const struct script_step *step);

/* The bytes at a guest-physical address; null if they are not all in one page declaration. */
u8 *guest_memory_at(const struct guest_memory *memory, u64 address, u64 size);

/* The guest-physical address at which the scenario has these bytes of the host's memory; false if
 * they are not all in one page declaration. */
bool guest_memory_find(const struct guest_memory *memory, hpa_t start, u64 size, gpa_t *found);

#endif
