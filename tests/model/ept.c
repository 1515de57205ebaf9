/* ept.c -- how EPT answers an access to a guest-physical address */
#include "tests/model/ept.h"

#include "tests/model/flags.h"

/* SDM vol. 3, "EPT Translation Mechanism", the tables "Format of an EPT ... Entry". */
#define RESERVED_IN_TABLE_ENTRY BITS(7, 3)
static const u64 reserved_in_page_entry[] = {
	[EPT_PT] = 0, [EPT_PD] = BITS(20, 12), [EPT_PDPT] = BITS(29, 12),
};

static bool maps_page(const struct model_processor *processor, u64 entry, unsigned level)
{
	if (level == EPT_PT)
		return true;
	if (!(entry & EPT_LARGE))
		return false;
	return (level == EPT_PD && processor->ept_2m) || (level == EPT_PDPT && processor->ept_1g);
}

/* Whether a present entry may be without read permission (SDM vol. 3, "EPT Misconfigurations"). */
static bool may_lack_read(const struct model *model, u64 entry)
{
	return !(entry & EPT_WRITE) && model->processor.execute_only;
}

static bool is_present(const struct model *model, u64 entry)
{
	u64 bits = EPT_READ | EPT_WRITE | EPT_EXECUTE;

	return entry & (model->controls.mode_based_execute ? bits | EPT_USER_EXECUTE : bits);
}

/* SDM vol. 3, "Memory Type Used for Translated Guest-Physical Addresses". */
static bool has_reserved_type(u64 entry)
{
	static const u64 types = BIT(0) | BIT(1) | BIT(4) | BIT(5) | BIT(6);

	return !(types >> (entry >> 3 & BITS(2, 0)) & 1);
}

/* SDM vol. 3, "EPT Misconfigurations". */
static inline enum ept_use use_of(const struct walk *walk, u64 entry, unsigned level)
{
	bool page = maps_page(&walk->model->processor, entry, level);
	u64 reserved = page ? reserved_in_page_entry[level] : RESERVED_IN_TABLE_ENTRY;

	if (!(entry & EPT_READ)) {
		if (!is_present(walk->model, entry))
			return EPT_NOT_PRESENT;
		if (!may_lack_read(walk->model, entry))
			return EPT_MISCONFIGURED;
	}
	if (entry & (reserved | walk->beyond_width) || (page && has_reserved_type(entry)))
		return EPT_MISCONFIGURED;
	return page ? EPT_MAPS_PAGE : EPT_REFERENCES_TABLE;
}

/* The bits of an address that are the offset in a page of the level. */
static u64 offset_bits(unsigned level)
{
	switch (level) {
	case EPT_PDPT:
		return BITS(29, 0);
	case EPT_PD:
		return BITS(20, 0);
	default:
		return BITS(11, 0);
	}
}

static hpa_t page_at(u64 entry, gpa_t address, unsigned level)
{
	u64 offset = offset_bits(level);

	return hpa((entry & EPT_ADDRESS & ~offset) | (address.raw & offset));
}

/* SDM vol. 3, "Prioritization of EPT Misconfigurations and EPT Violations".  Nearly all entries
 * above the page table are plain: readable, and without any bit that is reserved in an entry that
 * references a table.  The inner loop passes over those without a closer look. */
static inline void walk_down(struct walk *walk, gpa_t address, struct ept_translation *translation)
{
	u64 not_plain = EPT_READ | RESERVED_IN_TABLE_ENTRY | walk->beyond_width;
	u64 entry = walk->model->controls.eptp, common = ~0ul;
	unsigned level = walk->ept_levels + 1;
	enum ept_use use;

	do {
		do {
			entry = walk_read(walk, ept_entry_at(entry, address, --level));
			common &= entry;
		} while (level > EPT_PT && (entry & not_plain) == EPT_READ);
		use = use_of(walk, entry, level);
	} while (use == EPT_REFERENCES_TABLE);
	*translation = (struct ept_translation){
		.from   = address,
		.to     = use == EPT_MAPS_PAGE ? page_at(entry, address, level) : hpa(0),
		.common = common,
		.last   = entry,
		.level  = level,
		.use    = use,
	};
}

/* An address wider than the walk translates is allowed nothing (notes to the table "Exit
 * Qualification for EPT Violations").  As no entry is used, the violation is not convertible. */
static void translate_too_wide(gpa_t address, struct ept_translation *translation)
{
	*translation = (struct ept_translation){
		.from  = address,
		.last  = EPT_SUPPRESS_VE,
		.level = EPT_PML5,
		.use   = EPT_NOT_PRESENT,
	};
}

static inline void translate(struct walk *walk, gpa_t address, struct ept_translation *translation)
{
	if (address.raw >> 48 && walk->ept_levels == EPT_PML4)
		translate_too_wide(address, translation);
	else
		walk_down(walk, address, translation);
}

/* SDM vol. 3, "Convertible EPT Violations". */
static bool becomes_exception(struct walk *walk, const struct ept_translation *translation)
{
	const struct model_controls *controls = &walk->model->controls;
	hpa_t busy = hpa(controls->ve_information.raw + 4);

	return controls->ept_violation_ve
		&& !(translation->last & EPT_SUPPRESS_VE)
		&& walk->model->guest.cr0 & CR0_PE
		&& !walk->access->delivering_event
		&& walk_read_32(walk, busy) == 0;
}

/* SDM vol. 3, table "Exit Qualification for EPT Violations". */
static u64 what_is_allowed(u64 common)
{
	return (common & EPT_READ ? VIOLATION_READABLE : 0)
		| (common & EPT_WRITE ? VIOLATION_WRITABLE : 0)
		| (common & EPT_EXECUTE ? VIOLATION_EXECUTABLE : 0);
}

static u64 what_user_mode_is_allowed(const struct walk *walk, u64 common)
{
	bool executable = walk->model->controls.mode_based_execute && common & EPT_USER_EXECUTE;

	return executable ? VIOLATION_USER_EXECUTABLE : 0;
}

/* Bits that may be anything (the same table): bit 12, for one, depends on the instruction. */
static u64 undefined_bits(const struct walk *walk)
{
	u64 undefined = VIOLATION_NMI_UNBLOCKING | VIOLATION_SHADOW_STACK_PAGE;

	return walk->model->controls.mode_based_execute ? undefined
							: undefined | VIOLATION_USER_EXECUTABLE;
}

void ept_refuse(struct walk *walk, const struct ept_translation *translation,
		u64 qualification, u64 undefined)
{
	bool exception = becomes_exception(walk, translation);
	struct model_outcome outcome = {
		.event    = exception ? MODEL_VE : MODEL_EPT_VIOLATION,
		.code     = qualification | what_is_allowed(translation->common)
				| what_user_mode_is_allowed(walk, translation->common),
		.physical = translation->from,
		.linear   = walk->linear,
	};

	flags_mark_used(walk, translation);
	walk_end(walk, outcome, undefined | undefined_bits(walk));
}

static void end_misconfigured(struct walk *walk, const struct ept_translation *translation)
{
	struct model_outcome outcome = {
		.event    = MODEL_EPT_MISCONFIGURATION,
		.physical = translation->from,
	};

	flags_mark_used(walk, translation);
	walk_end(walk, outcome, 0);
}

enum ept_answer ept_access(struct walk *walk, gpa_t address, u64 wanted,
			   struct ept_translation *translation)
{
	translate(walk, address, translation);
	if (translation->use == EPT_MISCONFIGURED) {
		end_misconfigured(walk, translation);
		return EPT_ENDED;
	}
	if (wanted & ~translation->common)
		return EPT_REFUSED;
	if (walk->ept_flags && !flags_set_in_ept(walk, translation, wanted & EPT_WRITE))
		return EPT_ENDED;
	return EPT_ALLOWED;
}
