#include "tests/suites/cases/case_random.h"
#include "kernel/paging_entry.h"

/* Sebastiano Vigna's SplitMix64: any state is a good one, so that seed and number can be mixed into
 * the start of a sequence for each case. */
struct random {
	u64 state;
};

#define GOLDEN_RATIO 0x9e3779b97f4a7c15ul

static u64 random_bits(struct random *random)
{
	u64 value = random->state += GOLDEN_RATIO;

	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9ul;
	value = (value ^ value >> 27) * 0x94d049bb133111ebul;
	return value ^ value >> 31;
}

static struct random random_start(u64 seed, u64 number)
{
	struct random random = { seed };

	random.state = random_bits(&random) ^ number;
	random.state = random_bits(&random);
	return random;
}

/* 0 to below - 1; below is small. */
static unsigned random_below(struct random *random, unsigned below)
{
	return (u32)((random_bits(random) >> 32) * below >> 32);
}

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

/* --- What is ordinary ------------------------------------------------------------------------ */

static enum case_paging random_paging(struct random *random, const struct case_offers *offers)
{
	static const u8 frequent[] = {
		CASE_4_LEVEL, CASE_4_LEVEL, CASE_4_LEVEL, CASE_5_LEVEL,
		CASE_PAE, CASE_PAE, CASE_32_BIT, CASE_NO_PAGING,
	};
	enum case_paging paging;

	do {
		paging = frequent[random_below(random, COUNT(frequent))];
	} while (!offers->paging[paging]);
	return paging;
}

static void random_access(struct random *random, struct ept_case *that)
{
	that->access = random_below(random, ARENA_ACCESSES);
	that->size = (u8)(1 << random_below(random, 4));
	if (that->access == ARENA_FETCH)
		that->size = CASE_FETCH_SIZE;
	if (that->size > 1 && happens(random, 20))
		that->offset = (u16)(PAGE_SIZE - 1 - random_below(random, that->size - 1u));
	else
		that->offset = (u16)random_below(random, (unsigned)PAGE_SIZE - that->size + 1);
}

static u8 random_leaf(struct random *random)
{
	return happens(random, 70) ? EPT_PT : (u8)(EPT_PD + random_below(random, 2));
}

static u32 random_switches(struct random *random)
{
	u32 on = (u32)random_bits(random) & ~(u32)CASE_SUPERVISOR_PAGE;

	/* Else most accesses would end at the page's privilege. */
	if (happens(random, on & CASE_USER_MODE ? 8 : 75))
		on |= CASE_SUPERVISOR_PAGE;
	return on;
}

/* --- What is not ----------------------------------------------------------------------------- */

#define EPT_MARKS (EPT_ACCESSED | EPT_DIRTY)

static u64 random_ept_bits(struct random *random, u64 allowed)
{
	unsigned kind = random_below(random, 100);

	if (kind < 55)
		return 1 + random_below(random, RWX);
	if (kind < 65)
		return (1 + random_below(random, 7)) << 3;
	if (kind < 75)
		return random_bit_of(random, EPT_MARKS);
	return random_bit_of(random, allowed);
}

static u64 random_guest_bits(struct random *random, u64 allowed)
{
	static const u64 frequent[] = {
		PAGING_PRESENT, PAGING_WRITABLE, PAGING_USER,
		PAGING_EXECUTE_DISABLE, PAGING_ACCESSED, PAGING_FLAGS,
	};
	unsigned kind = random_below(random, 2 * COUNT(frequent));
	u64 bits = kind < COUNT(frequent) ? frequent[kind] & allowed : 0;

	return bits ? bits : random_bit_of(random, allowed);
}

static struct case_twist random_guest_twist(struct random *random, const struct ept_case *that,
					    const struct case_offers *offers)
{
	unsigned levels = case_top_level(that) - that->guest_leaf + 1;
	struct case_twist twist = {
		.guest = true, .level = (u8)(that->guest_leaf + random_below(random, levels)),
		.which = case_crosses(that) ? (u8)random_below(random, 2) : 0,
	};

	twist.bits = random_guest_bits(random, case_guest_bits(that, offers, twist.level));
	return twist;
}

static enum case_page random_page(struct random *random, const struct ept_case *that)
{
	enum case_page page;

	if (happens(random, 40))
		return CASE_DATA;
	do {
		page = random_below(random, CASE_PAGES);
	} while (!case_uses(that, page) && !(page == CASE_OTHER_PT && case_crosses(that)));
	return page;
}

static struct case_twist random_ept_twist(struct random *random, const struct ept_case *that,
					  const struct case_offers *offers)
{
	enum case_page page = random_page(random, that);
	unsigned levels = EPT_PML4 - that->ept_leaf[page] + 1u;
	struct case_twist twist = {
		.which = (u8)page,
		.level = (u8)(that->ept_leaf[page] + random_below(random, levels)),
	};

	twist.bits = random_ept_bits(random, case_ept_bits(that, offers, page, twist.level));
	return twist;
}

static void random_twists(struct random *random, struct ept_case *that,
			  const struct case_offers *offers)
{
	static const u8 frequent[] = { 0, 1, 1, 1, 1, 2, 2, 2, 3, 4 };

	that->twist_count = frequent[random_below(random, COUNT(frequent))];
	for (unsigned i = 0; i < that->twist_count; i++) {
		bool guest = case_top_level(that) && happens(random, 40);

		that->twists[i] = guest ? random_guest_twist(random, that, offers)
					: random_ept_twist(random, that, offers);
	}
}

void case_random(struct ept_case *that, const struct case_offers *offers, u64 seed, u64 number)
{
	struct random random = random_start(seed, number);

	*that = (struct ept_case){ .paging = random_paging(&random, offers) };
	random_access(&random, that);
	that->switches = random_switches(&random);
	that->guest_leaf = (u8)(EPT_PT + random_below(&random, 3));
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		that->ept_leaf[page] = random_leaf(&random);
	case_settle(that, offers);
	random_twists(&random, that, offers);
	case_settle(that, offers);
}
