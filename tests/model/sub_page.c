/* sub_page.c -- writes to a part of a page that may not be written as a whole */
#include "tests/model/sub_page.h"

enum spp_end { SPP_VECTOR, SPP_INVALID, SPP_MISCONFIGURED };

#define SPPT_RESERVED_LOW BITS(11, 1)
#define SPPT_BEYOND_52    BITS(63, 52)
#define VECTOR_RESERVED   0xaaaaaaaaaaaaaaaaul  /* the odd bits */

/* SDM vol. 3, "Write Accesses That Are Eligible for Sub-Page Write Permissions". */
static bool is_eligible(struct walk *walk, const struct ept_translation *translation)
{
	if (!walk->model->controls.sub_page_write
	    || translation->use != EPT_MAPS_PAGE || translation->level != EPT_PT
	    || !(translation->last & EPT_SUB_PAGE_WRITE))
		return false;
	if (walk->crosses)
		walk->prediction->choices_open |= MODEL_SUB_PAGES_IGNORED;
	return !(walk->crosses && walk->choices & MODEL_SUB_PAGES_IGNORED);
}

/* SDM vol. 3, "Determining an Access's Sub-Page Write Permission". */
static enum spp_end find_vector(struct walk *walk, gpa_t address, u64 *vector)
{
	u64 reserved = SPPT_RESERVED_LOW | walk->beyond_width | SPPT_BEYOND_52;
	u64 entry = walk->model->controls.sub_page_table.raw;

	for (unsigned level = 4;; level--) {
		u64 at = (entry & SPPT_ADDRESS) | (address.raw >> 9 * level & BITS(11, 3));

		entry = walk_read(walk, hpa(at));
		if (level == 1)
			break;
		if (!(entry & SPPT_VALID))
			return SPP_INVALID;
		if (entry & reserved)
			return SPP_MISCONFIGURED;
	}
	*vector = entry;
	return entry & VECTOR_RESERVED ? SPP_MISCONFIGURED : SPP_VECTOR;
}

/* Of 32 sub-pages of 128 bytes, bit 2S lets sub-page S be written. */
static bool vector_allows(u64 vector, gpa_t address, unsigned size)
{
	unsigned first = address.raw >> 7 & BITS(4, 0);
	unsigned last = (address.raw + size - 1) >> 7 & BITS(4, 0);

	for (unsigned sub_page = first; sub_page <= last; sub_page++)
		if (!(vector >> 2 * sub_page & 1))
			return false;
	return true;
}

static void end_spp_event(struct walk *walk, gpa_t address, enum spp_end end)
{
	struct model_outcome outcome = {
		.event    = MODEL_SPP_EVENT,
		.code     = end == SPP_INVALID ? SPP_MISS : 0,
		.physical = address,
		.linear   = walk->linear,
	};

	walk_end(walk, outcome, VIOLATION_NMI_UNBLOCKING);
}

enum ept_answer sub_page_access(struct walk *walk, const struct ept_translation *translation)
{
	enum spp_end end;
	u64 vector;

	if (!is_eligible(walk, translation))
		return EPT_REFUSED;
	end = find_vector(walk, translation->from, &vector);
	if (end != SPP_VECTOR) {
		end_spp_event(walk, translation->from, end);
		return EPT_ENDED;
	}
	return vector_allows(vector, translation->from, walk->size) ? EPT_ALLOWED : EPT_REFUSED;
}
