/* memory_checks.c -- steps about the guest's memory: bytes, EPT entries, what is cached */
#include "tests/script/memory_checks.h"

#include "tests/script/regions.h"
#include "vmx/instructions.h"

/* Of HOLDS and WRITE. */
static bool bytes_are_good(const struct check *check, u32 which, const char *does)
{
	const struct script_step *step = &check->steps[which];

	if (step->what != 1 && step->what != 2 && step->what != 4 && step->what != 8)
		return refuse_step(check, which, "%s %u bytes, of 1, 2, 4 or 8", does, step->what);
	if (!script_region_holds(check, step->value, step->what))
		return refuse_step(check, which, "%s %u bytes at %#lx, which are in no page",
				   does, step->what, step->value);
	return true;
}

bool script_revision_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!script_region_holds(check, step->value, sizeof(u32)))
		return refuse_step(check, which, "writes a revision identifier to %#lx, which is "
				   "in no page", step->value);
	if (step->second > BITS(31, 0))
		return refuse_step(check, which, "inverts %#lx in a revision identifier, of "
				   "32 bits", step->second);
	return true;
}

static bool split_is_good(const struct check *check, u32 which)
{
	u64 address = check->steps[which].value;

	if (!script_region_starts_at(check, address))
		return refuse_step(check, which, "splits %#lx, where no page starts", address);
	for (u32 i = 0; i < check->header->region_count; i++)
		if (check->regions[i].gpa == address && check->regions[i].level == EPT_PT)
			return refuse_step(check, which, "splits %#lx, a page of 4 KiB", address);
	return true;
}

static bool eptp_is_good(const struct check *check, u32 which)
{
	u64 address = check->steps[which].value;

	return script_region_holds(check, address, sizeof(u64))
		|| refuse_step(check, which, "writes an EPTP to %#lx, which is in no page",
			       address);
}

static bool host_address_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!script_region_holds(check, step->value, sizeof(u64)))
		return refuse_step(check, which, "writes an address to %#lx, which is in no page",
				   step->value);
	if (step->what >= PAGE_SIZE)
		return refuse_step(check, which, "sets %#x in an address, above bit 11",
				   step->what);
	if (!script_region_starts_at(check, step->second))
		return refuse_step(check, which, "writes the address of %#lx, where no page starts",
				   step->second);
	return true;
}

static bool remap_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];
	u32 access = step->what & 0xff, type = step->what >> 8;

	if (!script_region_starts_at(check, step->value))
		return refuse_step(check, which, "remaps %#lx, where no page starts", step->value);
	if (access > 7)
		return refuse_step(check, which, "has access %#x, of 0 to 7", access);
	if (type > 7 && type != SCRIPT_KEEP_TYPE)
		return refuse_step(check, which, "has memory type %u, of 0 to 7", type);
	if (step->second & NOT_FOR_AUTHOR)
		return refuse_step(check, which, "has entry bits %#lx, which " BITS_NOT_FOR_AUTHOR,
				   step->second);
	return true;
}

static bool entry_is_reached(const struct check *check, u32 which, u32 level)
{
	u64 address = check->steps[which].value;

	if (level < EPT_PT || level > EPT_PML4)
		return refuse_step(check, which, "names an entry of level %u, of 1 to 4", level);
	if (address >= SCRIPT_GPA_END)
		return refuse_step(check, which, "names an entry for %#lx, which no table reaches",
				   address);
	return true;
}

static bool flags_are_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];
	u64 flags = (step->what & 0xff) | step->second;
	u32 level = step->what >> 8;

	if (flags > (SCRIPT_ACCESSED | SCRIPT_DIRTY))
		return refuse_step(check, which, "has flags %#lx, of 0 to 3", flags);
	if (level)
		return entry_is_reached(check, which, level);
	if (!script_region_holds(check, step->value, 1))
		return refuse_step(check, which, "looks at the flags of %#lx, which is in no page",
				   step->value);
	return true;
}

static bool clear_flags_is_good(const struct check *check, u32 which)
{
	u64 address = check->steps[which].value;

	return script_region_starts_at(check, address)
		|| refuse_step(check, which, "clears the flags of %#lx, where no page starts",
			       address);
}

static bool entry_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!entry_is_reached(check, which, step->what))
		return false;
	if (step->kind == STEP_ENTRY_ALLOW && step->second > 7)
		return refuse_step(check, which, "has access %#lx, of 0 to 7", step->second);
	if (step->kind != STEP_ENTRY_ALLOW && step->second & ALWAYS_ADDRESS)
		return refuse_step(check, which, "changes bits %#lx of an entry, which reach into "
				   "31:12 (the address)", step->second);
	return true;
}

static bool invept_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->what > INVEPT_ALL_CONTEXT)
		return refuse_step(check, which, "is INVEPT of type %u, of 0 to 2", step->what);
	if (step->view != 0 && step->what != INVEPT_SINGLE_CONTEXT)
		return refuse_step(check, which, "is INVEPT of all contexts and of view %u",
				   step->view);
	return true;
}

static bool invvpid_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];
	u32 type = step->what & ~SCRIPT_GIVEN_VPID;

	if (type > INVVPID_SINGLE_CONTEXT_KEEPING_GLOBALS)
		return refuse_step(check, which, "is INVVPID of type %u, of 0 to 3", type);
	if (step->second > BITS(15, 0))
		return refuse_step(check, which, "is INVVPID of VPID %#lx, of 0 to 0xffff",
				   step->second);
	return true;
}

bool script_memory_step_is_good(const struct check *check, u32 which)
{
	switch (check->steps[which].kind) {
	case STEP_HOLDS:      return bytes_are_good(check, which, "looks at");
	case STEP_WRITE:      return bytes_are_good(check, which, "writes");
	case STEP_REVISION:   return script_revision_is_good(check, which);
	case STEP_SPLIT:      return split_is_good(check, which);
	case STEP_EPTP:       return eptp_is_good(check, which);
	case STEP_HOST_PAGE:  return host_address_is_good(check, which);
	case STEP_REMAP:      return remap_is_good(check, which);
	case STEP_FLAGS:      return flags_are_good(check, which);
	case STEP_CLEAR_FLAGS: return clear_flags_is_good(check, which);
	case STEP_ENTRY_ALLOW:
	case STEP_ENTRY_SET:
	case STEP_ENTRY_CLEAR: return entry_is_good(check, which);
	case STEP_INVEPT:     return invept_is_good(check, which);
	case STEP_INVVPID:    return invvpid_is_good(check, which);
	}
	return true;
}
