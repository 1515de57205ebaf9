/* random_case.h -- makes cases of VM entry at random: the same ones for the same seed */
#ifndef RANDOM_CASE_H
#define RANDOM_CASE_H

#include "tests/model/vm_entry.h"
#include "tests/suites/entry/case.h"

/* Makes case number `number` of the seed, of the machine's base; it does not depend on which cases
 * were made before.  Most of its state is legal: of ten cases some two violate no rule, five
 * exactly one, and the others several.  Tells which rules it violates; the machine's state is left
 * as it was. */
void entry_random(struct entry_machine *machine, struct entry_case *tried,
		  struct entry_set *violated, u64 seed, u64 number);

#endif
