/* walk.c -- the way through the EPT paging structures that a guest-physical address takes */
#include "ept/walk.h"

static enum ept_walk_end walk_end(struct ept_walk *walk, const struct ept_step *step,
				  const struct ept_rules *rules)
{
	if (!ept_permissions(step->entry, rules->mode_based_execute))
		return EPT_WALK_NOT_PRESENT;
	if (ept_misconfigured(step->entry, step->level, rules, walk->rule, sizeof(walk->rule)))
		return EPT_WALK_MISCONFIGURED;
	return EPT_WALK_MAPPED;
}

struct ept_walk ept_walk(const struct ept *ept, gpa_t address, const struct ept_rules *rules)
{
	struct ept_walk walk = {
		.mode_based_execute = rules->mode_based_execute,
		.allowed = ept_permissions(~0ul, rules->mode_based_execute),
	};
	const u64 *table = ept->root;

	if (address.raw >> (12 + 9 * ept->top))
		return (struct ept_walk){ .end = EPT_WALK_TOO_WIDE };
	for (enum ept_level level = ept->top; level >= EPT_PT; level--) {
		struct ept_step *step = &walk.steps[walk.count++];

		step->level = level;
		step->index = ept_index(address, level);
		step->entry = table[step->index];
		walk.allowed &= ept_permissions(step->entry, walk.mode_based_execute);
		walk.end = walk_end(&walk, step, rules);
		if (walk.end != EPT_WALK_MAPPED)
			break;
		if (ept_is_leaf(step->entry, level)) {
			walk.page = hpa(step->entry & EPT_ADDRESS);
			break;
		}
		table = ept_table_at(step->entry);
	}
	return walk;
}
