/* case_judge.c -- compares what was observed of a case with what the model predicts */
#include "tests/suites/cases/case_judge.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/suites/cases/case_build.h"
#include "tests/suites/cases/case_model.h"
#include "tests/suites/cases/case_quirks.h"

/* A case that is being judged. */
struct trial {
	struct case_memory *memory;
	const struct test_case *test_case;
	const struct model *model;
	u32 except;                             /* quirks that may be corrected for */
};

/* The model predicts from memory as it is, so what the fetch of the instruction sets in entries
 * must be set there before the access is predicted. */
static void apply_updates(const struct model_prediction *prediction)
{
	for (unsigned i = 0; i < prediction->update_count; i++)
		*(u32 *)at_hpa(prediction->updates[i].entry) |= (u32)prediction->updates[i].bits;
}

static const struct case_entry *entry_that_differs(const struct case_memory *memory,
						   const struct model_prediction *prediction)
{
	for (unsigned i = 0; i < memory->entry_count; i++) {
		const struct case_entry *entry = &memory->entries[i];
		hpa_t place = hpa((u64)entry->place);

		if (!model_allows_entry(prediction, place, case_entry_read(entry), entry->after))
			return entry;
	}
	return NULL;
}

static enum case_verdict compare(const struct trial *trial, const struct model_outcome *observed,
				 struct case_result *result)
{
	struct case_memory *memory = trial->memory;
	struct model_prediction *prediction = &result->prediction;

	result->judged = case_model_fetch(trial->test_case);
	model_predict(trial->model, &result->judged, 0, prediction);
	if (prediction->outcome.event == MODEL_COMPLETES) {
		apply_updates(prediction);
		result->judged = case_model_access(memory, trial->test_case);
	}
	if (!model_allows(trial->model, &result->judged, observed, prediction))
		return CASE_OUTCOME_DIFFERS;
	result->entry = entry_that_differs(memory, prediction);
	return result->entry ? CASE_ENTRIES_DIFFER : CASE_AGREES;
}

static bool quirks_explain(const struct trial *trial, u32 quirks, struct case_result *result)
{
	static struct case_entry seen[CASE_ENTRIES];
	struct case_memory *memory = trial->memory;
	struct model_outcome observed = result->outcome;
	enum case_verdict verdict;

	memcpy(seen, memory->entries, sizeof(seen));
	quirks_correct(quirks, memory, trial->model, &observed);
	verdict = compare(trial, &observed, result);
	memcpy(memory->entries, seen, sizeof(seen));
	case_rewind(memory);
	return verdict == CASE_AGREES;
}

/* Of several sets of quirks that explain the difference, the first; 0 if none does. */
static u32 find_quirks(const struct trial *trial, struct case_result *result)
{
	u32 except = trial->except;

	for (u32 quirks = 1; quirks <= except; quirks++)
		if (!(quirks & ~except) && quirks_explain(trial, quirks, result))
			return quirks;
	return 0;
}

void case_judge(struct case_machine *machine, const struct test_case *test_case,
		const struct model *model, struct case_result *result)
{
	const struct trial trial = { &machine->memory, test_case, model, machine->except };

	result->quirks = 0;
	result->verdict = compare(&trial, &result->outcome, result);
	if (result->known && !case_differs(result))
		return;
	case_rewind(trial.memory);
	if (result->known)
		result->quirks = find_quirks(&trial, result);
	result->verdict = result->quirks ? CASE_EXCEPTED
					 : compare(&trial, &result->outcome, result);
	if (!result->known)
		result->verdict = CASE_OUTCOME_DIFFERS;
}
