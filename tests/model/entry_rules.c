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

/* --- The rules by field ----------------------------------------------------------------------- */

enum { LISTED = 0
#define CHECK(stage, name, fields, ...) + COUNT(((const u16[]){ LIST fields }))
#include "tests/model/entry_checks.def"
#undef CHECK
};

static struct {
	u16 rules[LISTED];
	u16 ends[ENTRY_FIELDS];                 /* of a field's list, where the next one begins */
} by_field;

/* Until a list has its rules it ends where it begins. */
static void place_lists(void)
{
	u16 next = 0;

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		for (unsigned i = 0; i < entry_rule_rows[rule].field_count; i++)
			by_field.ends[entry_rule_rows[rule].fields[i]]++;
	for (unsigned field = 0; field < ENTRY_FIELDS; field++) {
		u16 count = by_field.ends[field];

		by_field.ends[field] = next;
		next += count;
	}
}

static void list_rules(void)
{
	place_lists();
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		for (unsigned i = 0; i < entry_rule_rows[rule].field_count; i++) {
			u16 *end = &by_field.ends[entry_rule_rows[rule].fields[i]];

			by_field.rules[(*end)++] = (u16)rule;
		}
}

/* They are listed when first asked for. */
struct entry_rule_list entry_rules_of(enum entry_field field)
{
	static bool listed;
	unsigned first;

	if (!listed)
		list_rules();
	listed = true;
	first = field ? by_field.ends[field - 1] : 0;
	return (struct entry_rule_list){ &by_field.rules[first], by_field.ends[field] - first };
}

/* --- Sets ------------------------------------------------------------------------------------- */

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
