/* scenarios.c -- scenarios of VM entry expect what the model says, and claim what they violate */
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/model/vm_entry.h"
#include "tests/player/needs.h"
#include "tests/player/play.h"
#include "tests/report/test.h"
#include "tests/script/script_check.h"
#include "tests/suites/entry/current_state.h"
#include "tests/suites/entry/processor.h"

#define GROUP          "entry/"
#define ENDING_OF_TWIN ".untwisted"

/* What a rehearsal of one scenario is told, and what it finds. */
struct rehearsal {
	struct entry_processor processor;
	struct entry_set violated;              /* before any of its entries */
	unsigned entries;
	bool refusal;                           /* one of them has to be refused */
};

/* --- What a scenario expects ------------------------------------------------------------------ */

#define ANY_QUALIFICATION 512                   /* more than a failed entry ever has */

static bool tells_qualification(const struct script_step *step)
{
	if (step->kind == STEP_CHECK)
		return step->what == OBSERVABLE_qualification || step->what == OBSERVABLE_msr_entry;
	return step->kind == STEP_CHECK_VMCS && step->what == EXIT_QUALIFICATION;
}

/* Null if what follows the `expect` tells none. */
static const struct script_step *qualification_of(const struct script_step *expect)
{
	for (const struct script_step *step = expect + 1;
	     step->kind == STEP_CHECK || step->kind == STEP_CHECK_VMCS; step++)
		if (tells_qualification(step))
			return step;
	return NULL;
}

static struct entry_outcome outcome_of(const struct script_step *step)
{
	if (step->kind == STEP_OTHER_EXIT || !exit_is_of_entry(step->what))
		return (struct entry_outcome){ .end = ENTRY_SUCCEEDS };
	if (step->what >= EXIT_REFUSED(0))
		return (struct entry_outcome){ ENTRY_VMFAIL, step->what - EXIT_REFUSED(0), 0 };
	return (struct entry_outcome){ ENTRY_FAILS, step->what, 0 };
}

/* --- By the model ----------------------------------------------------------------------------- */

/* Where a scenario does not tell the qualification, one that the model allows is enough. */
static bool is_allowed(const struct entry_state *state, const struct entry_set *violated,
		       const struct script_step *step)
{
	struct entry_outcome outcome = outcome_of(step);
	const struct script_step *told = qualification_of(step);

	if (outcome.end != ENTRY_FAILS || told) {
		outcome.qualification = told && outcome.end == ENTRY_FAILS ? told->value : 0;
		return entry_allows(state, violated, &outcome);
	}
	for (; outcome.qualification <= ANY_QUALIFICATION; outcome.qualification++)
		if (entry_allows(state, violated, &outcome))
			return true;
	return false;
}

static const char *expected_text(const struct script_step *step)
{
	return outcome_of(step).end == ENTRY_SUCCEEDS ? "an entry that succeeds"
						      : exit_name(step->what);
}

static void tell_violated(const struct entry_set *violated)
{
	if (!entry_set_count(violated))
		note("  the state violates no rule");
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (entry_set_has(violated, rule))
			note("  the state violates %s", entry_rule_rows[rule].name);
}

static void witness(const struct player *player, const struct script_step *step)
{
	struct rehearsal *rehearsal = player->context;
	struct entry_state state = entry_state_here(&rehearsal->processor);
	struct entry_set violated = entry_violations(&state);

	rehearsal->entries++;
	rehearsal->refusal |= outcome_of(step).end != ENTRY_SUCCEEDS;
	for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
		rehearsal->violated.words[i] |= violated.words[i];
	if (is_allowed(&state, &violated, step))
		return;
	FAIL("%s:%u: expected is %s, which the model does not allow",
	     script_text(player->script, player->script->header->source), step->line,
	     expected_text(step));
	tell_violated(&violated);
}

/* --- The rules that it claims ----------------------------------------------------------------- */

/* "cr0_pg: ..." or "cr0_pg (in part): ..." */
static bool begins_with_name(const char *claim, const char *name)
{
	size_t length = strlen(name);

	return strncmp(claim, name, length) == 0 &&
	       (claim[length] == ':' || claim[length] == ' ');
}

static bool claims(const struct script *script, const char *name)
{
	const char *claim = script_text(script, script->header->rules);

	for (u32 i = 0; i < script->header->rule_count; i++, claim += strlen(claim) + 1)
		if (begins_with_name(claim, name))
			return true;
	return false;
}

/* A scenario without its twist does not violate what it claims. */
static bool is_twin(const char *name)
{
	size_t length = strlen(name), ending = strlen(ENDING_OF_TWIN);

	return length > ending && strcmp(name + length - ending, ENDING_OF_TWIN) == 0;
}

static void compare_claims(const struct script *script, const struct rehearsal *rehearsal)
{
	const char *name = script_text(script, script->header->name);

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++) {
		bool violated = entry_set_has(&rehearsal->violated, rule);
		bool claimed = claims(script, entry_rule_rows[rule].name);

		if (violated && !claimed)
			FAIL("%s violates %s, but does not claim it", name,
			     entry_rule_rows[rule].name);
		if (claimed && !violated && rehearsal->refusal)
			FAIL("%s claims %s, but does not violate it", name,
			     entry_rule_rows[rule].name);
	}
}

/* --- All of them ------------------------------------------------------------------------------ */

struct sum {
	struct entry_processor processor;
	unsigned scenarios, entries, left_out;
};

static bool is_of_group(const struct module_file *file, struct script *script)
{
	char reason[160];

	return module_file_is(file, SCENARIO_MAGIC) &&
	       !script_check(file->start, file->available, script, reason, sizeof(reason)) &&
	       strncmp(script_text(script, script->header->name), GROUP, strlen(GROUP)) == 0;
}

static void rehearse(struct sum *sum, const struct script *script)
{
	struct rehearsal rehearsal = { .processor = sum->processor };
	char reason[NEEDS_REASON_SIZE];
	memory_mark_t mark = memory_mark();

	if (!script_needs_are_met(script, reason)) {
		note("%s %s", script_text(script, script->header->name), reason);
		sum->left_out++;
		return;
	}
	script_rehearse(script, witness, &rehearsal);
	if (!is_twin(script_text(script, script->header->name)))
		compare_claims(script, &rehearsal);
	memory_release(mark);
	sum->scenarios++;
	sum->entries += rehearsal.entries;
}

static void rehearse_module(struct sum *sum, unsigned number)
{
	const struct boot_module *module = &boot_of_run->modules[number];
	struct module_file file;
	struct script script;
	u64 offset = 0;

	while (module_next(module->data, module->size, number + 1, &offset, &file))
		if (is_of_group(&file, &script))
			rehearse(sum, &script);
}

TEST_ON_REQUEST("entry_scenarios/expect_what_the_model_allows",
		"each scenario of the group entry expects what the model of VM entry says",
		"VM Entries")
{
	struct sum sum = { .scenarios = 0 };

	entry_processor_read(&sum.processor);
	for (unsigned i = 0; i < boot_of_run->module_count; i++)
		rehearse_module(&sum, i);
	note("%u scenarios with %u entries are judged, and %u need what is not here",
	     sum.scenarios, sum.entries, sum.left_out);
	if (!sum.scenarios)
		skip("no module has a scenario of the group entry");
}
