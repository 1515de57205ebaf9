/* rule_sets.h -- sets of rules, as the judgement of cases looks at them */
#ifndef RULE_SETS_H
#define RULE_SETS_H

#include "tests/model/entry_rules.h"

#define FOR_EACH_RULE(rule, set)                                                                   \
	for (unsigned word_ = 0; word_ < ENTRY_SET_WORDS; word_++)                                 \
		for (u64 left_ = (set)->words[word_];                                              \
		     left_ && (rule = word_ * 64 + (unsigned)__builtin_ctzll(left_), true);        \
		     left_ &= left_ - 1)

static inline bool entry_set_is_empty(const struct entry_set *set)
{
	u64 found = 0;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		found |= set->words[i];
	return !found;
}

/* The rule that is the only one in the set; ENTRY_RULES if there are none or more. */
static inline unsigned entry_set_only_rule(const struct entry_set *set)
{
	unsigned only = ENTRY_RULES;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++) {
		u64 word = set->words[i];

		if (!word)
			continue;
		if (only != ENTRY_RULES || word & (word - 1))
			return ENTRY_RULES;
		only = i * 64 + (unsigned)__builtin_ctzll(word);
	}
	return only;
}

static inline struct entry_set entry_set_sum(const struct entry_set *one,
					     const struct entry_set *other)
{
	struct entry_set sum = *one;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		sum.words[i] |= other->words[i];
	return sum;
}

static inline void entry_set_remove(struct entry_set *set, enum entry_rule rule)
{
	set->words[rule / 64] &= ~(1ull << rule % 64);
}

/* Of the checks that come before those of the guest state. */
static inline bool entry_set_ends_in_vmfail(const struct entry_set *set)
{
	return entry_set_has_stage(set, ENTRY_STAGE_CONTROLS) ||
	       entry_set_has_stage(set, ENTRY_STAGE_HOST);
}

#endif
