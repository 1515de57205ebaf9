/* entry_twist.h -- states of VM entry that are the legal one but for a few changes, and which rules
 * they must violate; included by a single .c file a program, after entry_world.h */
#ifndef ENTRY_TWIST_H
#define ENTRY_TWIST_H

#include "tests/host/entry_world.h"

enum change_kind { CHANGE_NONE, CHANGE_SET, CHANGE_ON, CHANGE_OFF, CHANGE_OFFER, CHANGE_LACK,
		   CHANGE_BYTE };

struct change {
	enum change_kind kind;
	size_t where;                           /* a field, a member of processor, an address */
	u64 value;
};

#define FIELD_OF_PIN_BASED ENTRY_FIELD_pin_based_controls
#define FIELD_OF_PRIMARY ENTRY_FIELD_primary_controls
#define FIELD_OF_SECONDARY ENTRY_FIELD_secondary_controls
#define FIELD_OF_TERTIARY ENTRY_FIELD_tertiary_controls
#define FIELD_OF_EXIT ENTRY_FIELD_exit_controls
#define FIELD_OF_SECONDARY_EXIT ENTRY_FIELD_secondary_exit_controls
#define FIELD_OF_ENTRY ENTRY_FIELD_entry_controls

#define SET(field, to) { CHANGE_SET, ENTRY_FIELD_##field, to }
#define BITS_ON(field, bits) { CHANGE_ON, ENTRY_FIELD_##field, bits }
#define BITS_OFF(field, bits) { CHANGE_OFF, ENTRY_FIELD_##field, bits }
#define ON(word, name) { CHANGE_ON, FIELD_OF_##word, BIT(ENTRY_##word##_##name) }
#define OFF(word, name) { CHANGE_OFF, FIELD_OF_##word, BIT(ENTRY_##word##_##name) }
#define OFFER(member, bits) { CHANGE_OFFER, offsetof(struct entry_processor, member), bits }
#define LACK(member, bits) { CHANGE_LACK, offsetof(struct entry_processor, member), bits }
#define BYTE_AT(address, to) { CHANGE_BYTE, address, to }

#define CHANGES 8                               /* at most at once */

static inline void change(const struct change *changes)
{
	for (unsigned i = 0; i < CHANGES && changes[i].kind != CHANGE_NONE; i++) {
		size_t where = changes[i].where;
		u64 value = changes[i].value;

		switch (changes[i].kind) {
		case CHANGE_SET:
			world.fields[where] = value;
			break;
		case CHANGE_ON:
			world.fields[where] |= value;
			break;
		case CHANGE_OFF:
			world.fields[where] &= ~value;
			break;
		case CHANGE_OFFER:
			*(u64 *)((char *)&processor + where) |= value;
			break;
		case CHANGE_LACK:
			*(u64 *)((char *)&processor + where) &= ~value;
			break;
		default:
			world_memory[where] = (u8)value;
		}
	}
}

#define RULE(name) ENTRY_RULE_##name
#define NO_RULE ENTRY_RULES
#define NOTHING { { 0 } }

/* The state violates the rule and no other one; none with NO_RULE. */
static inline void expect_only(unsigned expected, const char *what, unsigned number)
{
	struct entry_set violated = entry_violations(&world);

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (entry_set_has(&violated, rule) != (rule == expected))
			fail_msg("%s %u: %s is %sviolated", what, number,
				 entry_rule_rows[rule].name, rule == expected ? "not " : "");
}

/* --- A rule broken alone, and the border where it is not --- */

struct twist {
	unsigned rule;
	struct change before[CHANGES], broken[CHANGES], border[CHANGES];
};

static inline void try_twist(const struct twist *twist, const struct change *last, unsigned rule)
{
	make_world();
	change(twist->before);
	change(last);
	expect_only(rule, entry_rule_rows[twist->rule].name, rule == NO_RULE);
}

static inline void try_twists(const struct twist *twists, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		try_twist(&twists[i], twists[i].broken, twists[i].rule);
		try_twist(&twists[i], twists[i].border, NO_RULE);
	}
}

/* --- Each bit of a field inverted alone --- */

#define OF_FIELD(field, bits) #field, ENTRY_FIELD_##field, bits

struct flips {
	const char *name;
	unsigned field, bits;
	struct change before[CHANGES];
	struct change unused[2];                /* with this, the field is not looked at */
	struct { u64 mask; unsigned rule; } broken[6];
};

static inline unsigned rule_of_flip(const struct flips *flips, unsigned bit)
{
	for (unsigned i = 0; i < COUNT(flips->broken); i++)
		if (flips->broken[i].mask >> bit & 1)
			return flips->broken[i].rule;
	return NO_RULE;
}

static inline void flip(const struct flips *flips, unsigned bit, bool used)
{
	make_world();
	change(flips->before);
	if (!used)
		change(flips->unused);
	world.fields[flips->field] ^= BIT(bit);
	expect_only(used ? rule_of_flip(flips, bit) : NO_RULE, flips->name, bit);
}

static inline void try_flips(const struct flips *flips, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		for (unsigned bit = 0; bit < flips[i].bits; bit++) {
			flip(&flips[i], bit, true);
			if (flips[i].unused[0].kind != CHANGE_NONE)
				flip(&flips[i], bit, false);
		}
}

/* --- Rules that cannot be broken alone --- */

struct company {
	unsigned rule;
	struct change broken[CHANGES], border[CHANGES];
};

static inline bool violates(unsigned rule)
{
	struct entry_set violated = entry_violations(&world);

	return entry_set_has(&violated, rule);
}

static inline bool breaks(const struct change *changes, unsigned rule)
{
	make_world();
	change(changes);
	return violates(rule);
}

static inline void try_companies(const struct company *companies, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (!breaks(companies[i].broken, companies[i].rule)
		    || breaks(companies[i].border, companies[i].rule))
			fail_msg("%s", entry_rule_rows[companies[i].rule].name);
}

/* --- The fields that a row says it looks at --- */

static inline bool row_lists(const struct entry_rule_row *row, unsigned field)
{
	for (unsigned i = 0; i < row->field_count; i++)
		if (row->fields[i] == field)
			return true;
	return false;
}

/* Only the rules that list the field may be violated otherwise than before. */
static inline void expect_change_by(unsigned field, u64 value, const struct entry_set *before)
{
	u64 kept = world.fields[field];
	struct entry_set after;

	world.fields[field] = value;
	after = entry_violations(&world);
	world.fields[field] = kept;
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (entry_set_has(before, rule) != entry_set_has(&after, rule)
		    && entry_rule_rows[rule].stage <= ENTRY_STAGE_HOST
		    && !row_lists(&entry_rule_rows[rule], field))
			fail_msg("%s looks at field %u", entry_rule_rows[rule].name, field);
}

static inline void try_each_field(void)
{
	struct entry_set before = entry_violations(&world);

	for (unsigned field = 0; field < ENTRY_FIELDS; field++) {
		expect_change_by(field, 0, &before);
		expect_change_by(field, ~world.fields[field], &before);
	}
}

static inline void try_fields_of_twists(const struct twist *twists, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		make_world();
		change(twists[i].before);
		change(twists[i].broken);
		try_each_field();
	}
}

static inline void try_fields_of_flips(const struct flips *flips, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		for (unsigned k = 0; k < COUNT(flips->broken) && flips[i].broken[k].mask; k++) {
			u64 mask = flips[i].broken[k].mask;

			make_world();
			change(flips[i].before);
			world.fields[flips[i].field] ^= mask & -mask;
			try_each_field();
		}
}

/* --- Which rules the tables break --- */

struct twist_tables {
	const struct twist *twists;
	const struct flips *flips;
	const struct company *companies;
	unsigned twist_count, flips_count, company_count;
};

static inline struct entry_set rules_of_tables(const struct twist_tables *tables)
{
	struct entry_set rules = { { 0 } };

	for (unsigned i = 0; i < tables->twist_count; i++)
		entry_set_add(&rules, tables->twists[i].rule);
	for (unsigned i = 0; i < tables->company_count; i++)
		entry_set_add(&rules, tables->companies[i].rule);
	for (unsigned i = 0; i < tables->flips_count; i++)
		for (unsigned k = 0; k < COUNT(tables->flips->broken); k++)
			if (tables->flips[i].broken[k].mask)
				entry_set_add(&rules, tables->flips[i].broken[k].rule);
	return rules;
}

static inline void expect_all_broken(const struct twist_tables *tables,
				     bool (*is_ours)(const struct entry_rule_row *row))
{
	struct entry_set rules = rules_of_tables(tables);

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (is_ours(&entry_rule_rows[rule]) && !entry_set_has(&rules, rule))
			fail_msg("nothing breaks %s", entry_rule_rows[rule].name);
}

/* --- The tests of all tables, of which each gets the tables as its state --- */

static inline void each_bit_breaks_the_rule_about_it(void **state)
{
	const struct twist_tables *tables = *state;

	try_flips(tables->flips, tables->flips_count);
}

static inline void each_rule_is_broken_up_to_its_border(void **state)
{
	const struct twist_tables *tables = *state;

	try_twists(tables->twists, tables->twist_count);
}

static inline void a_rule_looks_at_no_field_but_those_of_its_row(void **state)
{
	const struct twist_tables *tables = *state;

	try_fields_of_twists(tables->twists, tables->twist_count);
	try_fields_of_flips(tables->flips, tables->flips_count);
}

#define TESTS_OF_TABLES(tables)                                                                    \
	cmocka_unit_test_prestate(each_bit_breaks_the_rule_about_it, tables),                      \
	cmocka_unit_test_prestate(each_rule_is_broken_up_to_its_border, tables),                   \
	cmocka_unit_test_prestate(a_rule_looks_at_no_field_but_those_of_its_row, tables)

#endif
