/* entry_review_test.c -- the rules that look at a field are all that another value of it can change
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_bases.h"

static void expect_same(unsigned base, unsigned field, unsigned bit, const struct entry_set *before)
{
	struct entry_set reviewed = *before, all;

	world.fields[field] ^= BIT(bit);
	entry_review(&world, field, &reviewed);
	all = entry_violations(&world);
	world.fields[field] ^= BIT(bit);
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (entry_set_has(&reviewed, rule) != entry_set_has(&all, rule))
			fail_msg("base %u, field %u, bit %u: %s", base, field, bit,
				 entry_rule_rows[rule].name);
}

static void a_review_of_a_field_finds_what_all_rules_find(void **state)
{
	(void)state;
	for (unsigned base = 0; base < BASES; base++) {
		struct entry_set before;

		make_base(base);
		before = entry_violations(&world);
		for (unsigned field = 0; field < ENTRY_FIELDS; field++)
			for (unsigned bit = 0; bit < 64; bit++)
				expect_same(base, field, bit, &before);
	}
}

static void a_review_forgets_what_is_violated_no_more(void **state)
{
	struct entry_set violated;

	(void)state;
	make_base(LONG);
	world.fields[ENTRY_FIELD_guest_rflags] = 0;
	violated = entry_violations(&world);
	assert_int_equal(entry_set_count(&violated), 1);
	world.fields[ENTRY_FIELD_guest_rflags] = BIT(1);
	entry_review(&world, ENTRY_FIELD_guest_rflags, &violated);
	assert_int_equal(entry_set_count(&violated), 0);
}

static void each_rule_is_listed_for_each_of_its_fields(void **state)
{
	unsigned listed = 0, fields = 0;

	(void)state;
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		fields += entry_rule_rows[rule].field_count;
	for (unsigned field = 0; field < ENTRY_FIELDS; field++) {
		struct entry_rule_list list = entry_rules_of(field);

		for (unsigned i = 0; i < list.count; i++) {
			const struct entry_rule_row *row = &entry_rule_rows[list.rules[i]];
			bool found = false;

			for (unsigned j = 0; j < row->field_count; j++)
				found |= row->fields[j] == field;
			assert_true(found);
		}
		listed += list.count;
	}
	assert_int_equal(listed, fields);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_review_of_a_field_finds_what_all_rules_find),
	cmocka_unit_test(a_review_forgets_what_is_violated_no_more),
	cmocka_unit_test(each_rule_is_listed_for_each_of_its_fields),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
