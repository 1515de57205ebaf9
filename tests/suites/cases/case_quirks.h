/* case_quirks.h -- known errors of processors and hypervisors: named, and corrected for */
#ifndef CASE_QUIRKS_H
#define CASE_QUIRKS_H

#include "tests/model/model.h"
#include "tests/report/options.h"
#include "tests/suites/cases/case_memory.h"

enum quirk {
#define QUIRK(name, text, section) QUIRK_##name,
#include "tests/suites/cases/quirks.def"
#undef QUIRK
	QUIRKS,
};

const char *quirk_name(enum quirk quirk);
const char *quirk_text(enum quirk quirk);

/* The quirks of a list of names like a,b, one bit each; false with the first name that is none.
 * Names of tests, which are for entry/random, may stand in it as well. */
bool quirks_parse(struct word list, u32 *quirks, struct word *wrong);

/* Corrects what was observed on a machine that has these quirks to what would have been observed
 * on one that has none: the outcome, the entries in memory as they were before the access, and in
 * memory->entries as they were after it. */
void quirks_correct(u32 quirks, struct case_memory *memory, const struct model *model,
		    struct model_outcome *outcome);

#endif
