/* shrink.c -- makes a case of VM entry smaller, one step after the other */
#include "tests/suites/entry/shrink.h"

struct shrinking {
	struct entry_case *best;                /* the smallest so far */
	const u64 *usual;
	bool (*whole)(void *context, enum entry_field field);
	entry_condition_t *condition;
	void *context;
	unsigned tried;
	bool progress;                          /* whether this round has made it smaller */
};

/* The smaller case is the best one from now on, if it meets the condition. */
static void try_smaller(struct shrinking *shrinking, const struct entry_case *smaller)
{
	shrinking->tried++;
	if (!shrinking->condition(shrinking->context, smaller))
		return;
	*shrinking->best = *smaller;
	shrinking->progress = true;
}

static void drop_twists(struct shrinking *shrinking)
{
	for (unsigned i = shrinking->best->count; i-- > 0;) {
		struct entry_case smaller = *shrinking->best;

		smaller.count--;
		for (unsigned next = i; next < smaller.count; next++)
			smaller.twists[next] = smaller.twists[next + 1];
		try_smaller(shrinking, &smaller);
	}
}

static u64 inverted_bits(const struct shrinking *shrinking, const struct entry_twist *twist)
{
	return twist->value ^ shrinking->usual[twist->field];
}

/* At least one bit stays: else the twist would have been dropped. */
static void drop_bits(struct shrinking *shrinking, unsigned which)
{
	struct entry_twist *twist = &shrinking->best->twists[which];

	for (u64 left = inverted_bits(shrinking, twist); left; left &= left - 1) {
		struct entry_case smaller = *shrinking->best;
		u64 bit = left & -left;

		if (inverted_bits(shrinking, twist) == bit)
			return;
		smaller.twists[which].value ^= bit;
		try_smaller(shrinking, &smaller);
	}
}

unsigned entry_shrink(struct entry_case *tried, const u64 usual[ENTRY_FIELDS],
		      bool (*whole)(void *context, enum entry_field field),
		      entry_condition_t *condition, void *context)
{
	struct shrinking shrinking = {
		.best = tried, .usual = usual, .whole = whole, .condition = condition,
		.context = context,
	};

	do {
		shrinking.progress = false;
		drop_twists(&shrinking);
		for (unsigned i = 0; i < tried->count; i++)
			if (!whole(context, tried->twists[i].field))
				drop_bits(&shrinking, i);
	} while (shrinking.progress);
	return shrinking.tried;
}
