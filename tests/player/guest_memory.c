/* guest_memory.c -- the pages a scenario declares, as host memory and as EPT entries */
#include "tests/player/guest_memory.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/player/guest_entry.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

#define KIB 1024ul
#define MIB (KIB * 1024)

static bool is_addressable(const struct script *script, const struct script_region *region)
{
	u8 width = vmx_capabilities.physical_width;

	if (region->gpa + region->size <= BIT(width))
		return true;
	error("page %s ends at %#lx, beyond this processor's physical width of %u bits",
	      script_text(script, region->name), region->gpa + region->size, width);
	return false;
}

static u64 pages_of(u64 bytes)
{
	return (bytes + PAGE_SIZE - 1) / PAGE_SIZE;
}

static void region_map(const struct guest_memory *memory, const struct ept *ept, u32 which,
		       enum permission access, unsigned type, u64 entry_bits)
{
	const struct script_region *region = &memory->script->regions[which];
	u64 more_bits = entry_bits | (region->level == EPT_PT ? 0 : EPT_LARGE);

	for (u64 offset = 0; offset < region->size; offset += ept_level_size(region->level)) {
		hpa_t page = hpa_of(memory->regions[which] + offset);

		*guest_entry_find(ept, gpa(region->gpa + offset), region->level) =
			ept_leaf(page, access, type) | more_bits;
	}
}

static void make_tables(const struct ept *ept, const struct script_region *region)
{
	for (u64 offset = 0; offset < region->size; offset += ept_level_size(region->level))
		ept_make(ept, gpa(region->gpa + offset), region->level);
}

/* Memory aligned as the region's EPT entries need it; null after skip() said that this machine has
 * too little. */
static u8 *region_alloc(const struct script *script, const struct script_region *region)
{
	u64 alignment = ept_level_size(region->level);
	u8 *memory = pages_alloc_aligned(pages_of(region->size), alignment);

	if (!memory)
		skip("needs %lu KiB of free memory in one piece, aligned to %lu KiB, for page %s; "
		     "try a machine of more than its %lu MiB", region->size / KIB, alignment / KIB,
		     script_text(script, region->name), memory_size() / MIB);
	return memory;
}

/* Those of the region's entry bits that could be address bits: none below the size of its pages. */
static u64 possible_address_bits(const struct script_region *region)
{
	return region->entry_bits & ~(ept_level_size(region->level) - 1);
}

static bool region_start(struct guest_memory *memory, const struct ept *ept, u32 which)
{
	const struct script *script = memory->script;
	const struct script_region *region = &script->regions[which];

	if (!is_addressable(script, region) || !guest_entry_takes(possible_address_bits(region)))
		return false;
	memory->regions[which] = region_alloc(script, region);
	if (!memory->regions[which])
		return false;
	memcpy(memory->regions[which], (const u8 *)script->header + region->contents,
	       region->contents_end - region->contents);
	if (ept) {
		make_tables(ept, region);
		region_map(memory, ept, which, region->access & RWX, region->memory_type,
			   region->entry_bits);
	}
	return true;
}

bool guest_memory_start(struct guest_memory *memory, const struct ept *ept,
			const struct script *script)
{
	u32 count = script->header->region_count;

	memory->script = script;
	memory->regions = (u8 **)pages_alloc(pages_of(count * sizeof(u8 *)));
	if (!memory->regions) {
		error("no memory is free for %u pages", count);
		return false;
	}
	for (u32 i = 0; i < count; i++)
		if (!region_start(memory, ept, i))
			return false;
	return true;
}

/* Which region the address is in; script_check() has seen to it that there is one. */
static u32 region_at(const struct script *script, u64 address)
{
	u32 which = 0;

	while (address - script->regions[which].gpa >= script->regions[which].size)
		which++;
	return which;
}

enum ept_level guest_memory_level(const struct guest_memory *memory, u64 address)
{
	return memory->script->regions[region_at(memory->script, address)].level;
}

bool guest_memory_remap(const struct guest_memory *memory, const struct ept *ept,
			const struct script_step *step)
{
	enum ept_level level = guest_memory_level(memory, step->value);
	unsigned type = step->what >> 8;

	if (!guest_entry_takes(step->second))
		return false;
	if (type == SCRIPT_KEEP_TYPE)
		type = *guest_entry_find(ept, gpa(step->value), level) >> 3 & 7;
	region_map(memory, ept, region_at(memory->script, step->value), step->what & RWX, type,
		   step->second);
	return true;
}

bool guest_memory_split(const struct guest_memory *memory, const struct ept *ept,
			const struct script_step *step)
{
	const struct script *script = memory->script;
	const struct script_region *region = &script->regions[region_at(script, step->value)];

	for (u64 offset = 0; offset < region->size; offset += ept_level_size(region->level)) {
		if (guest_entry_split(ept, gpa(region->gpa + offset), region->level))
			continue;
		skip("needs 4 KiB of free memory for a table that splits page %s",
		     script_text(script, region->name));
		return false;
	}
	return true;
}

void guest_memory_clear_flags(const struct guest_memory *memory, const struct ept *ept,
			      const struct script_step *step)
{
	const struct script *script = memory->script;
	const struct script_region *region = &script->regions[region_at(script, step->value)];

	for (u64 offset = 0; offset < region->size; offset += ept_level_size(region->level))
		*guest_entry_find(ept, gpa(region->gpa + offset), region->level) &=
			~(u64)(EPT_ACCESSED | EPT_DIRTY);
}

u8 *guest_memory_at(const struct guest_memory *memory, u64 address, u64 size)
{
	const struct script *script = memory->script;

	for (u32 i = 0; i < script->header->region_count; i++) {
		u64 offset = address - script->regions[i].gpa;

		if (offset < script->regions[i].size && size <= script->regions[i].size - offset)
			return memory->regions[i] + offset;
	}
	return NULL;
}

bool guest_memory_find(const struct guest_memory *memory, hpa_t start, u64 size, gpa_t *found)
{
	const struct script *script = memory->script;

	for (u32 i = 0; i < script->header->region_count; i++) {
		const struct script_region *region = &script->regions[i];
		u64 offset = start.raw - hpa_of(memory->regions[i]).raw;

		*found = gpa(region->gpa + offset);
		if (offset < region->size && size <= region->size - offset)
			return true;
	}
	return false;
}
