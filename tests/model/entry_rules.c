/* entry_rules.c -- the rows of the rules, and sets of rules counted */
#include "tests/model/entry_rules.h"

/* The fields by the names that the rows have for them; the same numbers as enum entry_field. */
enum {
#define FIELD(encoding, name) name,
#include "tests/model/entry_fields.def"
#undef FIELD
};

#define LIST(...) __VA_ARGS__

const struct entry_rule_row entry_rule_rows[ENTRY_RULES] = {
#define CHECK(of_stage, of_name, of_fields, violated, of_sentence, of_section)                     \
	{                                                                                          \
		.name = #of_name, .stage = ENTRY_STAGE_##of_stage,                                 \
		.sentence = of_sentence, .section = of_section,                                    \
		.field_count = COUNT(((const u16[]){ LIST of_fields })),                           \
		.fields = { LIST of_fields },                                                      \
	},
#include "tests/model/entry_checks.def"
#undef CHECK
};

/* By hand, as the compiler would call a function of its library for it. */
unsigned entry_set_count(const struct entry_set *set)
{
	unsigned count = 0;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		for (u64 word = set->words[i]; word; word &= word - 1)
			count++;
	return count;
}

/* Most sets have few rules, and the table has hundreds. */
u32 entry_set_stages(const struct entry_set *set)
{
	u32 stages = 0;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		for (u64 word = set->words[i]; word; word &= word - 1) {
			unsigned rule = i * 64 + (unsigned)__builtin_ctzll(word);

			stages |= 1u << entry_rule_rows[rule].stage;
		}
	return stages;
}

bool entry_set_has_stage(const struct entry_set *set, enum entry_stage stage)
{
	return entry_set_stages(set) >> stage & 1;
}
