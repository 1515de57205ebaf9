/* probe.h -- which rules of VM entry a dump violates, and which it cannot decide
 *
 * What a dump lacks is tried: the model judges the state with many values for it.  A rule that says
 * the same each time does not depend on it.
 */
#ifndef PROBE_H
#define PROBE_H

#include "tests/explain/dump.h"
#include "tests/model/vm_entry.h"

enum lacking { LACKS_NOTHING = 0, LACKS_FIELDS = 1, LACKS_MEMORY = 2, LACKS_MODE = 4 };

struct findings {
	struct entry_state state;               /* of the dump; what it lacks is unused */
	struct entry_set violated;              /* by what the dump has */
	u8 lacks[ENTRY_RULES];                  /* of rules that are not decidable: enum lacking */
};

/* The findings point into the dump. */
void probe(struct findings *findings, const struct dump *dump);

/* How many rules are not decidable. */
unsigned findings_undecided(const struct findings *findings);

#endif
