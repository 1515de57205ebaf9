/* entry_rules.h -- the rules of VM entry, and sets of them
 * (SDM vol. 3, "VM Entries"; a rule a row in the tables entry_*.def)
 */
#ifndef ENTRY_RULES_H
#define ENTRY_RULES_H

#include "tests/model/entry_state.h"

/* In the order in which the processor may come to them; it may go through those of one stage in
 * any order, and CONTROLS and HOST count as one. */
enum entry_stage {
	ENTRY_STAGE_CONTROLS, ENTRY_STAGE_HOST, ENTRY_STAGE_GUEST, ENTRY_STAGE_PDPTES,
	ENTRY_STAGE_LINK, ENTRY_STAGE_MSRS,
};

enum entry_rule {
#define CHECK(stage, name, ...) ENTRY_RULE_##name,
#include "tests/model/entry_checks.def"
#undef CHECK
	ENTRY_RULES
};

#define ENTRY_RULE_FIELDS 12                    /* at most of a row */

struct entry_rule_row {
	const char *name, *sentence, *section;
	enum entry_stage stage;
	u8 field_count;
	u16 fields[ENTRY_RULE_FIELDS];          /* enum entry_field; all that the rule looks at */
};

extern const struct entry_rule_row entry_rule_rows[ENTRY_RULES];

#define ENTRY_SET_WORDS ((ENTRY_RULES + 63) / 64)
struct entry_set { u64 words[ENTRY_SET_WORDS]; };

static inline bool entry_set_has(const struct entry_set *set, enum entry_rule rule)
{
	return set->words[rule / 64] >> rule % 64 & 1;
}

static inline void entry_set_add(struct entry_set *set, enum entry_rule rule)
{
	set->words[rule / 64] |= 1ull << rule % 64;
}

/* The rules that look at the field. */
struct entry_rule_list {
	const u16 *rules;                       /* enum entry_rule */
	unsigned count;
};
struct entry_rule_list entry_rules_of(enum entry_field field);

/* How many rules the set has. */
unsigned entry_set_count(const struct entry_set *set);
/* The stages that it has rules of, a bit each; and whether it has one of the stage. */
u32 entry_set_stages(const struct entry_set *set);
bool entry_set_has_stage(const struct entry_set *set, enum entry_stage stage);

#endif
