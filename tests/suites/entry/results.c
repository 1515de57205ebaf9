/* results.c -- what the cases of VM entry said about rules, bases, and the order of checks */
#include "tests/suites/entry/results.h"
#include "tests/suites/entry/rule_sets.h"

/* Few results are wrong, so that not each needs room for a failure. */
static struct entry_failure *new_failure(void)
{
	static struct entry_failure failures[128];
	static unsigned count;

	return count < COUNT(failures) ? &failures[count++] : NULL;
}

void entry_result_keep(struct entry_result *result, const struct entry_base *base,
		       const struct entry_case *tried, const struct entry_set *violated,
		       const struct entry_observed *observed,
		       const struct entry_difference *difference)
{
	struct entry_failure *first;
	unsigned rule;

	if (result->wrong++)
		return;
	first = new_failure();
	result->first = first;
	if (!first)
		return;
	*first = (struct entry_failure){
		.base = base, .count = tried->count, .poisoned = tried->poisoned,
		.outcome = observed->outcome, .reason = observed->reason,
		.difference = difference ? *difference : (struct entry_difference){ 0 },
	};
	for (unsigned i = 0; i < tried->count; i++)
		first->twists[i] = tried->twists[i];
	FOR_EACH_RULE(rule, violated) {
		if (first->violated_count < ENTRY_RULES_TOLD)
			first->violated[first->violated_count] = (u16)rule;
		first->violated_count++;
	}
}
