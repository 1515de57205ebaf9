/* random_case.c -- makes cases of VM entry at random
 *
 * Nothing here knows what is legal.  Values are tried, and the model is asked what they come to.
 */
#include "tests/suites/entry/random_case.h"
#include "kernel/random.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/palette.h"
#include "tests/suites/entry/poison.h"
#include "tests/suites/entry/rule_sets.h"
#include "tests/suites/entry/run.h"

#define ATTEMPTS 6                              /* to violate a rule */

/* A case while it is made. */
struct making {
	struct entry_machine *machine;          /* its state is that of the case */
	struct entry_case *tried;
	struct entry_set *violated;
	struct random random;
	bool poisoned;                          /* controls and host state may be twisted */
};

static bool happens(struct making *making, unsigned percent)
{
	return random_below(&making->random, 100) < percent;
}

/* --- Twists ----------------------------------------------------------------------------------- */

static bool may_twist(const struct making *making, enum entry_field field)
{
	return entry_field_exists(field) &&
	       (making->poisoned ? !entry_poison_is_in(making->machine, field) :
				   entry_field_is_harmless(field));
}

/* The twist of the field, which is a new one if there is none yet; null if there are too many. */
static struct entry_twist *twist_of(struct making *making, enum entry_field field)
{
	struct entry_case *tried = making->tried;

	for (unsigned i = 0; i < tried->count; i++)
		if (tried->twists[i].field == field)
			return &tried->twists[i];
	if (tried->count == ENTRY_TWISTS)
		return NULL;
	making->machine->before[tried->count] = making->machine->state.fields[field];
	tried->twists[tried->count] = (struct entry_twist){ field, 0 };
	return &tried->twists[tried->count++];
}

/* What twisting a field has to come to, or it is not done. */
typedef bool aim_t(const struct making *making, enum entry_rule rule,
		   const struct entry_set *violated);

static bool twist(struct making *making, enum entry_field field, aim_t *aim, enum entry_rule rule)
{
	u64 *now = &making->machine->state.fields[field], kept = *now, value;
	unsigned count = making->tried->count;
	struct entry_set violated = *making->violated;
	struct entry_twist *twist;

	if (!entry_value_at_random(making->machine, field, &making->random, &value))
		return false;
	twist = twist_of(making, field);
	if (!twist)
		return false;
	*now = value;
	entry_review(&making->machine->state, field, &violated);
	if (aim(making, rule, &violated)) {
		twist->value = value;
		*making->violated = violated;
		return true;
	}
	*now = kept;
	making->tried->count = (u8)count;
	return false;
}

/* --- Fields ----------------------------------------------------------------------------------- */

static bool any_field(struct making *making, enum entry_field *field)
{
	for (unsigned i = 0; i < ATTEMPTS; i++) {
		*field = random_below(&making->random, ENTRY_FIELDS);
		if (may_twist(making, *field))
			return true;
	}
	return false;
}

static bool field_of_rule(struct making *making, enum entry_rule rule, enum entry_field *field)
{
	const struct entry_rule_row *row = &entry_rule_rows[rule];

	for (unsigned i = 0; i < ATTEMPTS; i++) {
		*field = row->fields[random_below(&making->random, row->field_count)];
		if (may_twist(making, *field))
			return true;
	}
	return false;
}

/* --- Rules ------------------------------------------------------------------------------------ */

static bool looks_at_harmless_fields(const struct entry_rule_row *row)
{
	for (unsigned i = 0; i < row->field_count; i++)
		if (!entry_field_is_harmless(row->fields[i]))
			return false;
	return true;
}

/* Poison hides all but rules of controls and host state. */
static bool is_hidden(const struct making *making, enum entry_rule rule)
{
	return making->poisoned && entry_rule_rows[rule].stage > ENTRY_STAGE_HOST;
}

static bool nothing_is_violated(__attribute__((unused)) const struct making *making,
				__attribute__((unused)) enum entry_rule rule,
				const struct entry_set *violated)
{
	return entry_set_is_empty(violated);
}

static bool is_violated_alone(__attribute__((unused)) const struct making *making,
			      enum entry_rule rule, const struct entry_set *violated)
{
	return entry_set_has(violated, rule) && entry_set_count(violated) == 1;
}

/* Some rules take more luck than is worth waiting for: then another one like it will do. */
static bool one_is_violated(__attribute__((unused)) const struct making *making,
			    __attribute__((unused)) enum entry_rule rule,
			    const struct entry_set *violated)
{
	return entry_set_count(violated) == 1;
}

static bool more_are_violated(const struct making *making,
			      __attribute__((unused)) enum entry_rule rule,
			      const struct entry_set *violated)
{
	return entry_set_count(violated) > entry_set_count(making->violated);
}

static void violate(struct making *making, enum entry_rule rule, aim_t *aim, aim_t *other_aim)
{
	enum entry_field field;

	for (unsigned i = 0; i < ATTEMPTS; i++)
		if (!field_of_rule(making, rule, &field) ||
		    twist(making, field, i < ATTEMPTS / 2 ? aim : other_aim, rule))
			return;
}

static bool has_fields(const struct entry_rule_row *row)
{
	for (unsigned i = 0; i < row->field_count; i++)
		if (!entry_field_exists(row->fields[i]))
			return false;
	return true;
}

/* One that the base does not keep hidden. */
static enum entry_rule rule_at_random(struct making *making)
{
	enum entry_rule rule;

	do {
		rule = random_below(&making->random, ENTRY_RULES);
	} while (is_hidden(making, rule) || !has_fields(&entry_rule_rows[rule]));
	return rule;
}

/* --- A case ----------------------------------------------------------------------------------- */

/* From one legal state to another.  Half of the moves are in the fields of the rule, which may take
 * more than one twist to violate. */
static void move(struct making *making, enum entry_rule rule)
{
	enum entry_field field;
	bool found = happens(making, 50) ? field_of_rule(making, rule, &field)
					 : any_field(making, &field);

	if (found)
		twist(making, field, nothing_is_violated, rule);
}

static void make_case(struct making *making)
{
	static const u8 moves_of_cases[] = { 0, 0, 0, 1, 1, 2, 3 };
	enum entry_rule rule = rule_at_random(making);
	const struct entry_rule_row *row = &entry_rule_rows[rule];
	unsigned kind = random_below(&making->random, 100), moves;

	if (row->stage <= ENTRY_STAGE_HOST && !looks_at_harmless_fields(row))
		making->poisoned = true;
	moves = moves_of_cases[random_below(&making->random, COUNT(moves_of_cases))];
	while (moves--)
		move(making, rule);
	if (kind < 20)
		return;
	violate(making, rule, is_violated_alone, one_is_violated);
	if (kind < 70)
		return;
	for (unsigned more = 1 + random_below(&making->random, 2); more; more--)
		violate(making, rule_at_random(making), more_are_violated, more_are_violated);
}

void entry_random(struct entry_machine *machine, struct entry_case *tried,
		  struct entry_set *violated, u64 seed, u64 number)
{
	struct making making = {
		.machine = machine, .tried = tried, .violated = violated,
		.random = random_start(seed, number),
		.poisoned = entry_base_is_poisoned(machine->base),
	};

	*tried = (struct entry_case){ .count = 0 };
	*violated = (struct entry_set){ { 0 } };
	make_case(&making);
	entry_case_untwist(machine, tried);
}
