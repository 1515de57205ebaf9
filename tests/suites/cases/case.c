/* case.c -- which descriptions of cases are possible, and what their parts are called */
#include "tests/suites/cases/case.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"

#define GIB_AND_ABOVE BITS(63, 30)

unsigned case_top_level(const struct test_case *test_case)
{
	static const u8 top[CASE_PAGINGS] = {
		[CASE_32_BIT] = EPT_PD, [CASE_PAE] = EPT_PDPT,
		[CASE_4_LEVEL] = EPT_PML4, [CASE_5_LEVEL] = EPT_PML5,
	};

	return top[test_case->paging];
}

enum case_page case_table(unsigned level)
{
	return CASE_PT - (level - EPT_PT);
}

bool case_uses(const struct test_case *test_case, enum case_page page)
{
	unsigned top = case_top_level(test_case);

	if (page == CASE_DATA)
		return true;
	if (page == CASE_OTHER_DATA)
		return case_crosses_pages(test_case);
	if (!top || page == CASE_OTHER_PT)
		return false;
	if (test_case->paging == CASE_PAE)
		top--;                          /* the PDPTEs are in registers */
	return page >= case_table(top) && page <= case_table(test_case->guest_leaf);
}

static bool is_same_flip(const struct case_flip *left, const struct case_flip *right)
{
	return left->guest == right->guest && left->which == right->which &&
	       left->level == right->level && left->bits == right->bits;
}

bool case_is_same(const struct test_case *left, const struct test_case *right)
{
	bool same = left->paging == right->paging && left->access == right->access &&
		    left->offset == right->offset && left->size == right->size &&
		    left->guest_leaf == right->guest_leaf && left->switches == right->switches &&
		    left->flip_count == right->flip_count &&
		    memcmp(left->ept_leaf, right->ept_leaf, sizeof(left->ept_leaf)) == 0;

	for (unsigned i = 0; same && i < left->flip_count; i++)
		same = is_same_flip(&left->flips[i], &right->flips[i]);
	return same;
}

/* --- What is possible ------------------------------------------------------------------------ */

static unsigned largest_guest_leaf(const struct test_case *test_case,
				   const struct case_offers *offers)
{
	switch (test_case->paging) {
	case CASE_32_BIT:
		return test_case->switches & CASE_PAGE_SIZE ? EPT_PD : EPT_PT;
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

/* Guests that are not in 64-bit mode have their page tables in the last GiB below 4 GiB, where a
 * scenario cannot declare a page of 1 GiB. */
static u8 possible_ept_leaf(const struct test_case *test_case, const struct case_offers *offers,
			    enum case_page page)
{
	bool in_last_gib = !case_is_64_bit(test_case) && (page == CASE_PT || page == CASE_OTHER_PT);
	u8 leaf = test_case->ept_leaf[page];

	if (leaf == EPT_PDPT && in_last_gib)
		leaf = EPT_PD;
	return ept_leaf_is_offered(offers, leaf) ? leaf : EPT_PT;
}

static void adjust_access(struct test_case *test_case)
{
	if (test_case->access == MODEL_FETCH)
		test_case->size = CASE_FETCH_SIZE;
	else if (test_case->size == 8 && !case_is_64_bit(test_case))
		test_case->size = 4;
}

static void adjust_switches(struct test_case *test_case, const struct case_offers *offers)
{
	u32 without_paging = offers->switches_on | CASE_USER_MODE | CASE_ALIGNMENT_CHECK |
			     CASE_EPT_FLAGS_ENABLED | CASE_EPT_FLAGS_SET |
			     CASE_EXECUTE_BY_MODE;

	test_case->switches = (test_case->switches & offers->switches) | offers->switches_on;
	if (test_case->paging == CASE_NO_PAGING)
		test_case->switches &= without_paging;
	if (test_case->paging != CASE_32_BIT)
		test_case->switches &= ~(u32)CASE_PAGE_SIZE;
}

static bool flip_has_entry(const struct test_case *test_case, const struct case_flip *flip)
{
	if (flip->guest)
		return flip->level >= test_case->guest_leaf &&
		       flip->level <= case_top_level(test_case) &&
		       (flip->which == 0 || case_crosses_pages(test_case));
	if (flip->which == CASE_OTHER_PT)
		return case_crosses_pages(test_case) && case_uses(test_case, CASE_PT) &&
		       flip->level >= test_case->ept_leaf[CASE_OTHER_PT];
	return case_uses(test_case, flip->which) &&
	       flip->level >= test_case->ept_leaf[flip->which];
}

static void adjust_flips(struct test_case *test_case, const struct case_offers *offers)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < test_case->flip_count; i++) {
		struct case_flip flip = test_case->flips[i];

		flip.bits &= flip.guest
			? case_guest_bits(test_case, offers, flip.level)
			: case_ept_bits(test_case, offers, flip.which, flip.level);
		if (flip.bits && flip_has_entry(test_case, &flip))
			test_case->flips[kept++] = flip;
	}
	test_case->flip_count = kept;
}

/* One EPT PDPT entry maps both pages of data, so a page of 1 GiB holds both.  Outside of 64-bit
 * mode one also maps both page tables, and one EPT PD entry may do so, too. */
void case_adjust(struct test_case *test_case, const struct case_offers *offers)
{
	u8 *ept_leaf = test_case->ept_leaf;

	adjust_switches(test_case, offers);
	adjust_access(test_case);
	if (test_case->guest_leaf > largest_guest_leaf(test_case, offers) ||
	    !case_top_level(test_case))
		test_case->guest_leaf = EPT_PT;
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		ept_leaf[page] = possible_ept_leaf(test_case, offers, page);
	if (ept_leaf[CASE_DATA] == EPT_PDPT || ept_leaf[CASE_OTHER_DATA] == EPT_PDPT)
		ept_leaf[CASE_OTHER_DATA] = ept_leaf[CASE_DATA];
	if (!case_is_64_bit(test_case))
		ept_leaf[CASE_OTHER_PT] = ept_leaf[CASE_PT];
	adjust_flips(test_case, offers);
}

/* --- Bits that may be inverted --------------------------------------------------------------- */

/* All but those that say where the entry leads, and the one that says whether it is a leaf. */
u64 case_ept_bits(const struct test_case *test_case, const struct case_offers *offers,
		  enum case_page page, unsigned level)
{
	u64 frame = BIT(offers->physical_width) - 1;

	if (level > test_case->ept_leaf[page])
		return ~((frame & ~(PAGE_SIZE - 1)) | (level == EPT_PML4 ? 0 : EPT_LARGE));
	return ~((frame & ~(ept_level_size(level) - 1)) | (level == EPT_PT ? 0 : EPT_LARGE));
}

static u64 bits_of_32_bit_entry(const struct test_case *test_case, unsigned level)
{
	bool large = level == test_case->guest_leaf && level == EPT_PD;

	return BITS(31, 30) | (large ? BITS(21, 8) | BITS(6, 0) : BITS(11, 0));
}

/* Without the reserved bits, as VM entry fails if one of them is set in a PDPTE. */
static u64 bits_of_pdpte(const struct case_offers *offers)
{
	return (BIT(offers->physical_width) - BIT(30)) | BITS(11, 9) | BITS(4, 3) | BIT(0);
}

/* Of an address only bits 30 and up may be inverted.  Every page has the same place in its GiB of
 * guest-physical memory as in the host's (case_memory.h): so the changed address either leads to
 * the same page of the host, or EPT does not map it. */
u64 case_guest_bits(const struct test_case *test_case, const struct case_offers *offers,
		    unsigned level)
{
	if (case_is_32_bit(test_case))
		return bits_of_32_bit_entry(test_case, level);
	if (test_case->paging == CASE_PAE && level == EPT_PDPT)
		return bits_of_pdpte(offers);
	if (level > test_case->guest_leaf || level == EPT_PT)
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

const char *case_access_name(enum model_access_kind access)
{
	static const char *const names[CASE_ACCESSES] = {
		"read", "write", "read-modify-write", "fetch",
	};

	return names[access];
}
