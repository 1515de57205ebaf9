/* case_shrink.c -- makes a case smaller, one step after the other */
#include "tests/suites/cases/case_shrink.h"

struct shrinking {
	struct test_case *best;                 /* the smallest so far */
	const struct case_offers *offers;
	case_condition_t *condition;
	void *context;
	unsigned tried;
	bool progress;                          /* whether this round has made it smaller */
};

/* The smaller case is the best one from now on, if it meets the condition. */
static bool try_smaller(struct shrinking *shrinking, struct test_case smaller)
{
	case_adjust(&smaller, shrinking->offers);
	if (case_is_same(&smaller, shrinking->best))
		return false;
	shrinking->tried++;
	if (!shrinking->condition(shrinking->context, &smaller))
		return false;
	*shrinking->best = smaller;
	shrinking->progress = true;
	return true;
}

static void drop_flips(struct shrinking *shrinking)
{
	for (unsigned i = shrinking->best->flip_count; i-- > 0;) {
		struct test_case smaller = *shrinking->best;

		if (i >= smaller.flip_count)
			continue;
		smaller.flips[i].bits = 0;
		try_smaller(shrinking, smaller);
	}
}

static void drop_bits(struct shrinking *shrinking)
{
	for (unsigned i = 0; i < shrinking->best->flip_count; i++)
		for (u64 left = shrinking->best->flips[i].bits; left; left &= left - 1) {
			struct test_case smaller = *shrinking->best;

			smaller.flips[i].bits &= ~(left & -left);
			try_smaller(shrinking, smaller);
			if (i >= shrinking->best->flip_count)
				break;
		}
}

static void drop_switches(struct shrinking *shrinking)
{
	for (u32 left = shrinking->best->switches; left; left &= left - 1) {
		struct test_case smaller = *shrinking->best;

		smaller.switches &= ~(left & -left);
		try_smaller(shrinking, smaller);
	}
}

/* The first that meets the condition: enum case_paging begins with what is simplest. */
static void simplify_paging(struct shrinking *shrinking)
{
	for (enum case_paging paging = 0; paging < shrinking->best->paging; paging++) {
		struct test_case smaller = *shrinking->best;

		smaller.paging = paging;
		if (shrinking->offers->paging[paging] && try_smaller(shrinking, smaller))
			return;
	}
}

/* In the guest larger pages are simpler, as they need fewer tables.  In EPT small ones are: the
 * tables for them are there for every page. */
static void simplify_leaves(struct shrinking *shrinking)
{
	for (unsigned leaf = EPT_PDPT; leaf > shrinking->best->guest_leaf; leaf--) {
		struct test_case smaller = *shrinking->best;

		smaller.guest_leaf = (u8)leaf;
		case_adjust(&smaller, shrinking->offers);
		if (smaller.guest_leaf == leaf && try_smaller(shrinking, smaller))
			break;
	}
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		for (unsigned leaf = EPT_PT; leaf < shrinking->best->ept_leaf[page]; leaf++) {
			struct test_case smaller = *shrinking->best;

			smaller.ept_leaf[page] = (u8)leaf;
			if (try_smaller(shrinking, smaller))
				break;
		}
}

/* The simplest access reads one byte at the start of a page. */
static void simplify_access(struct shrinking *shrinking)
{
	struct test_case smaller = *shrinking->best;

	smaller.offset = 0;
	try_smaller(shrinking, smaller);
	smaller = *shrinking->best;
	if (smaller.access == MODEL_FETCH || smaller.access == MODEL_READ_MODIFY_WRITE) {
		smaller.access = MODEL_WRITE;
		smaller.size = 1;
		try_smaller(shrinking, smaller);
	}
	smaller = *shrinking->best;
	if (smaller.access != MODEL_READ) {
		smaller.access = MODEL_READ;
		smaller.size = 1;
		try_smaller(shrinking, smaller);
	}
	smaller = *shrinking->best;
	if (smaller.access != MODEL_FETCH && !case_crosses_pages(&smaller)) {
		smaller.size = 1;
		try_smaller(shrinking, smaller);
	}
}

unsigned case_shrink(struct test_case *test_case, const struct case_offers *offers,
		     case_condition_t *condition, void *context)
{
	struct shrinking shrinking = {
		.best = test_case, .offers = offers, .condition = condition, .context = context,
	};

	do {
		shrinking.progress = false;
		drop_flips(&shrinking);
		simplify_access(&shrinking);
		simplify_paging(&shrinking);
		simplify_leaves(&shrinking);
		drop_switches(&shrinking);
		drop_bits(&shrinking);
	} while (shrinking.progress);
	return shrinking.tried;
}
