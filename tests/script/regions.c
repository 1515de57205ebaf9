/* regions.c -- the pages of a scenario, and where its guest starts in them */
#include "tests/script/regions.h"
#include "vmx/capabilities.h"

#define ENGINE_START   0xffe00000ul     /* the guest paging structures that the engine makes */
#define ENGINE_END     BIT(32)

static bool region_lies_well(const struct check *check, const struct script_region *region)
{
	const char *name = script_text_at(check, region->name);
	u64 end = region->gpa + region->size;

	if (region->level < EPT_PT || region->level > EPT_PDPT)
		return refuse(check->refusal, "page %s has level %u, of 1 (PT) to 3 (PDPT)",
			      name, region->level);
	u64 page = ept_level_size(region->level);
	if (region->gpa % page)
		return refuse(check->refusal, "page %s is at %#lx, not a multiple of %lu",
			      name, region->gpa, page);
	if (region->size == 0 || region->size % page)
		return refuse(check->refusal, "page %s is %lu bytes, not whole pages of %lu",
			      name, region->size, page);
	if (region->gpa >= SCRIPT_GPA_END || region->size > SCRIPT_GPA_END - region->gpa)
		return refuse(check->refusal, "page %s at %#lx of %#lx bytes ends past %#lx",
			      name, region->gpa, region->size, SCRIPT_GPA_END);
	if (region->gpa < ENGINE_END && end > ENGINE_START)
		return refuse(check->refusal, "page %s at %#lx of %#lx bytes reaches into "
			      "%#lx to %#lx, where the engine keeps the guest paging structures",
			      name, region->gpa, region->size, ENGINE_START, ENGINE_END - 1);
	return true;
}

/* Address bits that the entry of an aligned large page does not use: an author may set them. */
static u64 reserved_in_page(unsigned level)
{
	return ALWAYS_ADDRESS & (ept_level_size(level) - 1);
}

static bool region_is_legal(const struct check *check, const struct script_region *region)
{
	const char *name = script_text_at(check, region->name);

	if (region->access > 7)
		return refuse(check->refusal, "page %s has access %#x, of 0 to 7",
			      name, region->access);
	if (region->memory_type > 7)
		return refuse(check->refusal, "page %s has memory type %u, of 0 to 7",
			      name, region->memory_type);
	if (region->entry_bits & NOT_FOR_AUTHOR & ~reserved_in_page(region->level))
		return refuse(check->refusal,
			      "page %s has entry bits %#lx, which " BITS_NOT_FOR_AUTHOR,
			      name, region->entry_bits);
	if (region->contents_end - region->contents > region->size)
		return refuse(check->refusal, "page %s is given %u bytes, more than its %lu", name,
			      region->contents_end - region->contents, region->size);
	return true;
}

static bool region_is_alone(const struct check *check, u32 which)
{
	const struct script_region *region = &check->regions[which];

	for (u32 i = 0; i < which; i++) {
		const struct script_region *other = &check->regions[i];

		if (region->gpa < other->gpa + other->size
		    && other->gpa < region->gpa + region->size)
			return refuse(check->refusal, "page %s at %#lx overlaps page %s at %#lx",
				      script_text_at(check, region->name), region->gpa,
				      script_text_at(check, other->name), other->gpa);
	}
	return true;
}

bool script_regions_are_good(const struct check *check)
{
	for (u32 i = 0; i < check->header->region_count; i++) {
		const struct script_region *region = &check->regions[i];

		if (!script_text_is_good(check, "a page's name", region->name)
		    || !region_lies_well(check, region) || !region_is_legal(check, region)
		    || !region_is_alone(check, i))
			return false;
	}
	return true;
}

/* --- Addresses in them --------------------------------------------------------------------- */

bool script_region_holds(const struct check *check, u64 address, u64 size)
{
	for (u32 i = 0; i < check->header->region_count; i++) {
		const struct script_region *region = &check->regions[i];

		if (address >= region->gpa && address - region->gpa < region->size
		    && size <= region->size - (address - region->gpa))
			return true;
	}
	return false;
}

bool script_region_starts_at(const struct check *check, u64 address)
{
	for (u32 i = 0; i < check->header->region_count; i++)
		if (check->regions[i].gpa == address)
			return true;
	return false;
}

/* --- Where the guest starts, and what it needs --------------------------------------------- */

/* How many bits the guest's first address may have; 0 if there is no such mode. */
static unsigned entry_width(u32 mode)
{
	switch (mode) {
#define MODE(number, name, bits, paging, text) case number: return bits == 16 ? 16 : 32;
#include "vmx/modes.def"
#undef MODE
	}
	return 0;
}

_Static_assert(CAPABILITIES <= 64 * SCRIPT_NEEDS, "each has its bit");

/* The capabilities of this word that there are. */
static u64 capabilities_of_word(unsigned word)
{
	if (CAPABILITIES >= 64 * (word + 1))
		return ~0ull;
	return CAPABILITIES > 64 * word ? BIT(CAPABILITIES - 64 * word) - 1 : 0;
}

static bool capabilities_are_known(const struct check *check)
{
	const struct script_header *header = check->header;

	for (unsigned word = 0; word < SCRIPT_NEEDS; word++) {
		u64 unknown = header->needs[word] | header->needs_no[word];

		unknown &= ~capabilities_of_word(word);
		if (unknown)
			return refuse(check->refusal,
				      "needs %#lx of word %u, not in vmx/capabilities.def",
				      unknown, word);
	}
	return true;
}

static bool guest_starts_well(const struct check *check)
{
	const struct script_header *header = check->header;
	unsigned width = entry_width(header->mode);

	if (width == 0)
		return refuse(check->refusal, "mode %u, not in vmx/modes.def", header->mode);
	if (header->entry >= BIT(width))
		return refuse(check->refusal,
			      "the guest starts at %#lx, in a mode that reaches to %#lx",
			      header->entry, BIT(width) - 1);
	if (!script_region_holds(check, header->entry, 1))
		return refuse(check->refusal, "the guest starts at %#lx, which is in no page",
			      header->entry);
	return true;
}

bool script_start_is_good(const struct check *check)
{
	const struct script_header *header = check->header;

	if (!capabilities_are_known(check))
		return false;
	if (header->views < 1 || header->views > SCRIPT_MOST_VIEWS)
		return refuse(check->refusal, "%u views, of 1 to %u",
			      header->views, SCRIPT_MOST_VIEWS);
	if (header->mode != SCRIPT_NO_GUEST)
		return guest_starts_well(check);
	if (header->entry != 0)
		return refuse(check->refusal, "no guest starts at %#lx", header->entry);
	return true;
}
