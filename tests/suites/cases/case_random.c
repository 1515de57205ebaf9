/* case_random.c -- makes descriptions of cases at random */
#include "tests/suites/cases/case_random.h"
#include "kernel/paging_entry.h"
#include "kernel/random.h"

/* True in so many of 100 calls. */
static bool happens(struct random *random, unsigned percent)
{
	return random_below(random, 100) < percent;
}

/* One of the bits that are set. */
static u64 random_bit_of(struct random *random, u64 bits)
{
	u64 bit;

	do {
		bit = BIT(random_below(random, 64));
	} while (!(bits & bit));
	return bit;
}

/* --- Paging, access, page sizes, switches ---------------------------------------------------- */

/* A value that is in the list several times is chosen more often. */
static enum case_paging random_paging(struct random *random, const struct case_offers *offers)
{
	static const u8 choices[] = {
		CASE_4_LEVEL, CASE_4_LEVEL, CASE_4_LEVEL, CASE_5_LEVEL,
		CASE_PAE, CASE_PAE, CASE_32_BIT, CASE_NO_PAGING,
	};
	enum case_paging paging;

	do {
		paging = choices[random_below(random, COUNT(choices))];
	} while (!offers->paging[paging]);
	return paging;
}

static void random_access(struct random *random, struct test_case *test_case)
{
	test_case->access = random_below(random, CASE_ACCESSES);
	test_case->size = (u8)(1 << random_below(random, 4));
	if (test_case->access == MODEL_FETCH)
		test_case->size = CASE_FETCH_SIZE;
	if (test_case->size > 1 && happens(random, 20))
		test_case->offset =
			(u16)(PAGE_SIZE - 1 - random_below(random, test_case->size - 1u));
	else
		test_case->offset =
			(u16)random_below(random, (unsigned)PAGE_SIZE - test_case->size + 1);
}

static u8 random_leaf(struct random *random)
{
	return happens(random, 70) ? EPT_PT : (u8)(EPT_PD + random_below(random, 2));
}

static u32 random_switches(struct random *random)
{
	u32 on = (u32)random_bits(random) & ~(u32)CASE_SUPERVISOR_PAGE;

	/* Most pages belong to the privilege level of the access, or most accesses would be page
	 * faults for that reason alone. */
	if (happens(random, on & CASE_USER_MODE ? 8 : 75))
		on |= CASE_SUPERVISOR_PAGE;
	return on;
}

/* --- Flips ----------------------------------------------------------------------------------- */

/* Some of the permissions, of which execution may be two. */
static u64 random_permissions(struct random *random, const struct test_case *test_case)
{
	bool by_mode = test_case->switches & CASE_EXECUTE_BY_MODE;
	u64 which = 1 + random_below(random, by_mode ? 2 * RWX + 1 : RWX);

	return (which & RWX) | (which > RWX ? EPT_USER_EXECUTE : 0);
}

/* Permissions, the memory type, accessed and dirty flags, or any other bit. */
static u64 random_ept_bits(struct random *random, const struct test_case *test_case, u64 allowed)
{
	unsigned kind = random_below(random, 100);

	if (kind < 55)
		return random_permissions(random, test_case);
	if (kind < 65)
		return (1 + random_below(random, 7)) << 3;
	if (kind < 75)
		return random_bit_of(random, EPT_ACCESSED | EPT_DIRTY);
	return random_bit_of(random, allowed);
}

static u64 random_guest_bits(struct random *random, u64 allowed)
{
	static const u64 choices[] = {
		PAGING_PRESENT, PAGING_WRITABLE, PAGING_USER,
		PAGING_EXECUTE_DISABLE, PAGING_ACCESSED, PAGING_FLAGS,
	};
	unsigned kind = random_below(random, 2 * COUNT(choices));
	u64 bits = kind < COUNT(choices) ? choices[kind] & allowed : 0;

	return bits ? bits : random_bit_of(random, allowed);
}

static struct case_flip random_guest_flip(struct random *random, const struct test_case *test_case,
					  const struct case_offers *offers)
{
	unsigned levels = case_top_level(test_case) - test_case->guest_leaf + 1;
	struct case_flip flip = {
		.guest = true, .level = (u8)(test_case->guest_leaf + random_below(random, levels)),
		.which = case_crosses_pages(test_case) ? (u8)random_below(random, 2) : 0,
	};

	flip.bits = random_guest_bits(random, case_guest_bits(test_case, offers, flip.level));
	return flip;
}

static enum case_page random_page(struct random *random, const struct test_case *test_case)
{
	bool crosses = case_crosses_pages(test_case);
	enum case_page page;

	if (happens(random, 40))
		return CASE_DATA;
	do {
		page = random_below(random, CASE_PAGES);
	} while (!case_uses(test_case, page) && !(page == CASE_OTHER_PT && crosses));
	return page;
}

static struct case_flip random_ept_flip(struct random *random, const struct test_case *test_case,
					const struct case_offers *offers)
{
	enum case_page page = random_page(random, test_case);
	unsigned levels = EPT_PML4 - test_case->ept_leaf[page] + 1u;
	struct case_flip flip = {
		.which = (u8)page,
		.level = (u8)(test_case->ept_leaf[page] + random_below(random, levels)),
	};

	flip.bits = random_ept_bits(random, test_case,
				    case_ept_bits(test_case, offers, page, flip.level));
	return flip;
}

static void random_flips(struct random *random, struct test_case *test_case,
			 const struct case_offers *offers)
{
	static const u8 choices[] = { 0, 1, 1, 1, 1, 2, 2, 2, 3, 4 };

	test_case->flip_count = choices[random_below(random, COUNT(choices))];
	for (unsigned i = 0; i < test_case->flip_count; i++) {
		bool guest = case_top_level(test_case) && happens(random, 40);

		test_case->flips[i] = guest ? random_guest_flip(random, test_case, offers)
					    : random_ept_flip(random, test_case, offers);
	}
}

void case_random(struct test_case *test_case, const struct case_offers *offers, u64 seed,
		 u64 number)
{
	struct random random = random_start(seed, number);

	*test_case = (struct test_case){ .paging = random_paging(&random, offers) };
	random_access(&random, test_case);
	test_case->switches = random_switches(&random);
	test_case->guest_leaf = (u8)(EPT_PT + random_below(&random, 3));
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		test_case->ept_leaf[page] = random_leaf(&random);
	case_adjust(test_case, offers);
	random_flips(&random, test_case, offers);
	case_adjust(test_case, offers);
}
