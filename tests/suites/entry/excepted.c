/* excepted.c -- rules, fields and observations that an L0 is known to get wrong */
#include "tests/suites/entry/excepted.h"
#include "kernel/string.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/rule_sets.h"

/* --- Names ------------------------------------------------------------------------------------ */

/* Whether the word is this prefix and this name. */
static bool is_name(struct word word, const char *prefix, const char *name)
{
	size_t length = strlen(prefix);

	return word.length == length + strlen(name) &&
	       memcmp(word.start, prefix, length) == 0 &&
	       memcmp(word.start + length, name, word.length - length) == 0;
}

static bool take_rule(struct entry_excepted *excepted, struct word word)
{
	for (enum entry_rule rule = 0; rule < ENTRY_RULES; rule++)
		if (is_name(word, "entry_rules/", entry_rule_rows[rule].name)) {
			entry_set_add(&excepted->rules, rule);
			return true;
		}
	return false;
}

static bool take_field(struct entry_excepted *excepted, struct word word)
{
	for (enum entry_field field = 0; field < ENTRY_FIELDS; field++)
		if (is_name(word, "entry_fields/", entry_field_name(field))) {
			excepted->fields[field / 64] |= BIT(field % 64);
			return true;
		}
	return false;
}

static bool take_observation(struct entry_excepted *excepted, struct word word)
{
	static const char *const names[] = {
#define OBSERVATION(name, ...) #name,
#include "tests/suites/entry/observations.def"
#undef OBSERVATION
	};

	for (unsigned i = 0; i < COUNT(names); i++)
		if (is_name(word, "entry_aftermath/", names[i])) {
			excepted->observations |= 1u << i;
			return true;
		}
	return false;
}

static bool take_halted(struct entry_excepted *excepted, struct word word)
{
	if (!is_name(word, "entry_matrix/", "hlt"))
		return false;
	excepted->halted = true;
	return true;
}

/* Of ept/random. */
static bool is_quirk(struct word word)
{
	static const char *const names[] = {
#define QUIRK(name, text, section) #name,
#include "tests/suites/cases/quirks.def"
#undef QUIRK
	};

	for (unsigned i = 0; i < COUNT(names); i++)
		if (is_name(word, "", names[i]))
			return true;
	return false;
}

bool entry_excepted_parse(struct word list, struct entry_excepted *excepted, struct word *wrong)
{
	*excepted = (struct entry_excepted){ .fields = { 0 } };
	while (list.length) {
		*wrong = word_next(&list, ',');
		if (!take_rule(excepted, *wrong) && !take_field(excepted, *wrong) &&
		    !take_observation(excepted, *wrong) && !take_halted(excepted, *wrong) &&
		    !is_quirk(*wrong))
			return false;
	}
	return true;
}

/* --- What they change ------------------------------------------------------------------------- */

static struct entry_set without(const struct entry_set *set, const struct entry_set *taken)
{
	struct entry_set rest = *set;

	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		rest.words[i] &= ~taken->words[i];
	return rest;
}

enum { ACTIVE, HLT, SHUTDOWN, WAIT_FOR_SIPI };  /* activity states */

static bool is_asleep(const struct entry_state *state)
{
	u64 activity = state->fields[ENTRY_FIELD_guest_activity_state];

	return activity == HLT || activity == WAIT_FOR_SIPI;
}

#define STAGE(name)  (1u << ENTRY_STAGE_##name)
#define HOST_STAGES  (STAGE(CONTROLS) | STAGE(HOST))
#define GUEST_STAGES (STAGE(GUEST) | STAGE(PDPTES) | STAGE(LINK))

/* The stages that are looked at first decide, whichever of their rules is violated.  Which entry of
 * an MSR list is refused depends on the rule. */
bool entry_hinges_on(const struct entry_excepted *excepted, const struct entry_state *state,
		     const struct entry_set *violated)
{
	struct entry_set rest = without(violated, &excepted->rules);
	u32 stages = entry_set_stages(violated), left = entry_set_stages(&rest);

	if (stages & HOST_STAGES)
		return (stages ^ left) & HOST_STAGES;
	if (excepted->halted && is_asleep(state))
		return stages;
	if (stages & GUEST_STAGES)
		return (stages ^ left) & GUEST_STAGES;
	return entry_set_count(&rest) != entry_set_count(violated);
}

static bool is_excepted(const struct entry_excepted *excepted, enum entry_rule rule,
			const struct entry_case *tried)
{
	const struct entry_rule_row *row = &entry_rule_rows[rule];
	bool whole = entry_set_has(&excepted->rules, rule);

	for (unsigned i = 0; i < row->field_count; i++) {
		enum entry_field field = row->fields[i];

		if ((whole || excepted->fields[field / 64] >> field % 64 & 1) &&
		    entry_case_twists(tried, field))
			return true;
	}
	return false;
}

bool entry_excuses(const struct entry_excepted *excepted, const struct entry_state *state,
		   const struct entry_case *tried, const struct entry_set *violated,
		   const struct entry_outcome *outcome)
{
	for (enum entry_rule rule = 0; rule < ENTRY_RULES; rule++) {
		struct entry_set with = *violated;

		if (!is_excepted(excepted, rule, tried))
			continue;
		entry_set_add(&with, rule);
		if (entry_allows(state, &with, outcome))
			return true;
	}
	return false;
}
