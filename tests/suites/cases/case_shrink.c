#include "tests/suites/cases/case_shrink.h"
#include "kernel/string.h"

struct shrinking {
	struct ept_case *best;
	const struct case_offers *offers;
	case_shows_t *shows;
	void *context;
	unsigned tried;
	bool smaller;                           /* than at the start of this turn */
};

static bool is_same_twist(const struct case_twist *left, const struct case_twist *right)
{
	return left->guest == right->guest && left->which == right->which &&
	       left->level == right->level && left->bits == right->bits;
}

static bool is_same(const struct ept_case *left, const struct ept_case *right)
{
	bool same = left->paging == right->paging && left->access == right->access &&
		    left->offset == right->offset && left->size == right->size &&
		    left->guest_leaf == right->guest_leaf && left->switches == right->switches &&
		    left->twist_count == right->twist_count &&
		    memcmp(left->ept_leaf, right->ept_leaf, sizeof(left->ept_leaf)) == 0;

	for (unsigned i = 0; same && i < left->twist_count; i++)
		same = is_same_twist(&left->twists[i], &right->twists[i]);
	return same;
}

/* Takes the case if it shows what the best one shows. */
static bool offer(struct shrinking *shrinking, struct ept_case smaller)
{
	case_settle(&smaller, shrinking->offers);
	if (is_same(&smaller, shrinking->best))
		return false;
	shrinking->tried++;
	if (!shrinking->shows(shrinking->context, &smaller))
		return false;
	*shrinking->best = smaller;
	shrinking->smaller = true;
	return true;
}

static void drop_twists(struct shrinking *shrinking)
{
	for (unsigned i = shrinking->best->twist_count; i-- > 0;) {
		struct ept_case smaller = *shrinking->best;

		if (i >= smaller.twist_count)
			continue;
		smaller.twists[i].bits = 0;
		offer(shrinking, smaller);
	}
}

static void drop_bits(struct shrinking *shrinking)
{
	for (unsigned i = 0; i < shrinking->best->twist_count; i++)
		for (u64 left = shrinking->best->twists[i].bits; left; left &= left - 1) {
			struct ept_case smaller = *shrinking->best;

			smaller.twists[i].bits &= ~(left & -left);
			offer(shrinking, smaller);
			if (i >= shrinking->best->twist_count)
				break;
		}
}

static void drop_switches(struct shrinking *shrinking)
{
	for (u32 left = shrinking->best->switches; left; left &= left - 1) {
		struct ept_case smaller = *shrinking->best;

		smaller.switches &= ~(left & -left);
		offer(shrinking, smaller);
	}
}

/* The first that will do: each is smaller than those behind it. */
static void simplify_paging(struct shrinking *shrinking)
{
	for (enum case_paging paging = 0; paging < shrinking->best->paging; paging++) {
		struct ept_case smaller = *shrinking->best;

		smaller.paging = paging;
		if (shrinking->offers->paging[paging] && offer(shrinking, smaller))
			return;
	}
}

/* A larger page needs fewer tables of the guest's; in EPT all of them are there anyway. */
static void simplify_leaves(struct shrinking *shrinking)
{
	for (unsigned leaf = EPT_PDPT; leaf > shrinking->best->guest_leaf; leaf--) {
		struct ept_case smaller = *shrinking->best;

		smaller.guest_leaf = (u8)leaf;
		case_settle(&smaller, shrinking->offers);
		if (smaller.guest_leaf == leaf && offer(shrinking, smaller))
			break;
	}
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		for (unsigned leaf = EPT_PT; leaf < shrinking->best->ept_leaf[page]; leaf++) {
			struct ept_case smaller = *shrinking->best;

			smaller.ept_leaf[page] = (u8)leaf;
			if (offer(shrinking, smaller))
				break;
		}
}

/* Within one page, at its start, a read of a byte. */
static void simplify_access(struct shrinking *shrinking)
{
	struct ept_case smaller = *shrinking->best;

	smaller.offset = 0;
	offer(shrinking, smaller);
	smaller = *shrinking->best;
	if (smaller.access == ARENA_FETCH || smaller.access == ARENA_READ_MODIFY_WRITE) {
		smaller.access = ARENA_WRITE;
		smaller.size = 1;
		offer(shrinking, smaller);
	}
	smaller = *shrinking->best;
	if (smaller.access != ARENA_READ) {
		smaller.access = ARENA_READ;
		smaller.size = 1;
		offer(shrinking, smaller);
	}
	smaller = *shrinking->best;
	if (smaller.access != ARENA_FETCH && !case_crosses(&smaller)) {
		smaller.size = 1;
		offer(shrinking, smaller);
	}
}

unsigned case_shrink(struct ept_case *that, const struct case_offers *offers,
		     case_shows_t *shows, void *context)
{
	struct shrinking shrinking = {
		.best = that, .offers = offers, .shows = shows, .context = context,
	};

	do {
		shrinking.smaller = false;
		drop_twists(&shrinking);
		simplify_access(&shrinking);
		simplify_paging(&shrinking);
		simplify_leaves(&shrinking);
		drop_switches(&shrinking);
		drop_bits(&shrinking);
	} while (shrinking.smaller);
	return shrinking.tried;
}
