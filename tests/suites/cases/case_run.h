/* case_run.h -- a case on the processor, and what the model says of it */
#ifndef CASE_RUN_H
#define CASE_RUN_H

#include "tests/suites/cases/case_memory.h"
#include "vmx/vm.h"

struct case_machine {
	struct vm vm;
	struct case_memory memory;
	u64 entry_controls, secondary_controls; /* of a guest with 4-level paging */
	u32 except;                             /* quirks to correct for */
	/* A model made wrong, to see that it is found out; null for the model as it is. */
	void (*mistake)(struct model *model);
};

enum case_verdict { CASE_AGREES, CASE_EXCEPTED, CASE_OUTCOME_DIFFERS, CASE_ENTRIES_DIFFER };

/* What came of a case. */
struct case_result {
	enum case_verdict verdict;
	u32 quirks;                             /* that explain a difference, if CASE_EXCEPTED */
	bool known;                             /* an exit that the model knows */
	u32 exit;                               /* its reason */
	struct model_outcome outcome;
	struct model_access judged;             /* which of the accesses was compared */
	struct model_prediction prediction;     /* the one that matches, if any does */
	const struct case_entry *entry;         /* the first that differs */
};

static inline bool case_differs(const struct case_result *result)
{
	return result->verdict > CASE_EXCEPTED;
}

/* False after skip() if this processor cannot have it, or memory is too small. */
bool case_machine_start(struct case_machine *machine);
void case_machine_end(struct case_machine *machine);

/* False, and nothing was run, if the case would lead a right processor to memory of others. */
bool case_try(struct case_machine *machine, const struct ept_case *that,
	      struct case_result *result);

#endif
