#include "tests/suites/cases/case.h"
#include "kernel/paging_entry.h"

#define GIB_AND_ABOVE BITS(63, 30)

unsigned case_top_level(const struct ept_case *that)
{
	static const u8 top[CASE_PAGINGS] = {
		[CASE_32_BIT] = EPT_PD, [CASE_PAE] = EPT_PDPT,
		[CASE_4_LEVEL] = EPT_PML4, [CASE_5_LEVEL] = EPT_PML5,
	};

	return top[that->paging];
}

enum case_page case_table(unsigned level)
{
	return CASE_PT - (level - EPT_PT);
}

bool case_uses(const struct ept_case *that, enum case_page page)
{
	unsigned top = case_top_level(that);

	if (page == CASE_DATA)
		return true;
	if (page == CASE_OTHER_DATA)
		return case_crosses(that);
	if (!top || page == CASE_OTHER_PT)
		return false;
	if (that->paging == CASE_PAE)
		top--;                          /* the PDPTEs are in registers */
	return page >= case_table(top) && page <= case_table(that->guest_leaf);
}

/* --- What fits ------------------------------------------------------------------------------- */

static unsigned largest_guest_leaf(const struct ept_case *that, const struct case_offers *offers)
{
	switch (that->paging) {
	case CASE_32_BIT:
		return that->switches & CASE_PAGE_SIZE ? EPT_PD : EPT_PT;
	case CASE_PAE:
		return EPT_PD;
	default:
		return offers->guest_1g ? EPT_PDPT : EPT_PD;
	}
}

static bool ept_leaf_is_offered(const struct case_offers *offers, unsigned level)
{
	return level == EPT_PT || (level == EPT_PD ? offers->ept_2m : offers->ept_1g);
}

/* In the last GiB below 4 GiB a scenario can have no page of 1 GiB, and there stand page tables. */
static u8 fitting_leaf(const struct ept_case *that, const struct case_offers *offers,
		       enum case_page page)
{
	bool in_last_gib = !case_is_long(that) && (page == CASE_PT || page == CASE_OTHER_PT);
	u8 leaf = that->ept_leaf[page];

	if (leaf == EPT_PDPT && in_last_gib)
		leaf = EPT_PD;
	return ept_leaf_is_offered(offers, leaf) ? leaf : EPT_PT;
}

static void settle_access(struct ept_case *that)
{
	if (that->access == ARENA_FETCH)
		that->size = CASE_FETCH_SIZE;
	else if (that->size == 8 && !case_is_long(that))
		that->size = 4;
}

static void settle_switches(struct ept_case *that, const struct case_offers *offers)
{
	u32 none = offers->switches_on | CASE_USER_MODE | CASE_ALIGNMENT_CHECK | CASE_EPT_FLAGS |
		   CASE_EPT_MARKED;

	that->switches = (that->switches & offers->switches) | offers->switches_on;
	if (that->paging == CASE_NO_PAGING)
		that->switches &= none;
	if (that->paging != CASE_32_BIT)
		that->switches &= ~(u32)CASE_PAGE_SIZE;
}

static bool twist_is_there(const struct ept_case *that, const struct case_twist *twist)
{
	if (twist->guest)
		return twist->level >= that->guest_leaf && twist->level <= case_top_level(that) &&
		       (twist->which == 0 || case_crosses(that));
	if (twist->which == CASE_OTHER_PT)
		return case_crosses(that) && case_uses(that, CASE_PT) &&
		       twist->level >= that->ept_leaf[CASE_OTHER_PT];
	return case_uses(that, twist->which) && twist->level >= that->ept_leaf[twist->which];
}

static void settle_twists(struct ept_case *that, const struct case_offers *offers)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < that->twist_count; i++) {
		struct case_twist twist = that->twists[i];

		twist.bits &= twist.guest ? case_guest_bits(that, offers, twist.level)
					  : case_ept_bits(that, offers, twist.which, twist.level);
		if (twist.bits && twist_is_there(that, &twist))
			that->twists[kept++] = twist;
	}
	that->twist_count = kept;
}

/* The two pages of data have one PDPT entry, so that a 1 GiB page is one for both; below 4 GiB so
 * have the two page tables, which may have one PD entry, too. */
void case_settle(struct ept_case *that, const struct case_offers *offers)
{
	settle_switches(that, offers);
	settle_access(that);
	if (that->guest_leaf > largest_guest_leaf(that, offers) || !case_top_level(that))
		that->guest_leaf = EPT_PT;
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		that->ept_leaf[page] = fitting_leaf(that, offers, page);
	if (that->ept_leaf[CASE_DATA] == EPT_PDPT || that->ept_leaf[CASE_OTHER_DATA] == EPT_PDPT)
		that->ept_leaf[CASE_OTHER_DATA] = that->ept_leaf[CASE_DATA];
	if (!case_is_long(that))
		that->ept_leaf[CASE_OTHER_PT] = that->ept_leaf[CASE_PT];
	settle_twists(that, offers);
}

/* --- Bits that may be turned ----------------------------------------------------------------- */

/* Where an entry leads stays as it is; so does what it is. */
u64 case_ept_bits(const struct ept_case *that, const struct case_offers *offers,
		  enum case_page page, unsigned level)
{
	u64 frame = BIT(offers->physical_width) - 1;

	if (level > that->ept_leaf[page])
		return ~((frame & ~(PAGE_SIZE - 1)) | (level == EPT_PML4 ? 0 : EPT_LARGE));
	return ~((frame & ~(ept_level_size(level) - 1)) | (level == EPT_PT ? 0 : EPT_LARGE));
}

static u64 bits_of_32_bit_entry(const struct ept_case *that, unsigned level)
{
	bool large = level == that->guest_leaf && level == EPT_PD;

	return BITS(31, 30) | (large ? BITS(21, 8) | BITS(6, 0) : BITS(11, 0));
}

/* A PDPTE with a reserved bit makes VM entry fail. */
static u64 bits_of_pdpte(const struct case_offers *offers)
{
	return (BIT(offers->physical_width) - BIT(30)) | BITS(11, 9) | BITS(4, 3) | BIT(0);
}

/* Where addresses differ in bits from 30 up alone, memory is the guest's or not there: each of its
 * pages has the same place in its GiB as in the host's (ept_case_memory.h). */
u64 case_guest_bits(const struct ept_case *that, const struct case_offers *offers, unsigned level)
{
	if (case_is_32_bit(that))
		return bits_of_32_bit_entry(that, level);
	if (that->paging == CASE_PAE && level == EPT_PDPT)
		return bits_of_pdpte(offers);
	if (level > that->guest_leaf || level == EPT_PT)
		return GIB_AND_ABOVE | BITS(11, 0);
	return GIB_AND_ABOVE | (ept_level_size(level) - 1 - PAGING_LARGE);
}

/* --- Names ----------------------------------------------------------------------------------- */

const char *case_paging_name(enum case_paging paging)
{
	static const char *const names[CASE_PAGINGS] = {
		"no paging", "32-bit paging", "PAE paging", "4-level paging", "5-level paging",
	};

	return names[paging];
}

const char *case_page_name(enum case_page page)
{
	static const char *const names[CASE_PAGES] = {
		"PML5", "PML4", "PDPT", "PD", "PT", "OTHER_PT", "DATA", "OTHER",
	};

	return names[page];
}
