/* case_quirks.h -- what processors and hypervisors are known to get wrong, so that a case can
 * be judged by what else it shows
 */
#ifndef CASE_QUIRKS_H
#define CASE_QUIRKS_H

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

/* The quirks of a list of names like a,b, one bit each; false with the first name that is none. */
bool quirks_parse(struct word list, u32 *quirks, struct word *wrong);

/* Turns an access of a machine with these quirks into the one that a machine without them would
 * have made: what was observed, and in memory what the entries were before and are after it. */
void quirks_straighten(u32 quirks, struct case_memory *memory, const struct model *model,
		       struct model_outcome *observed);

#endif
