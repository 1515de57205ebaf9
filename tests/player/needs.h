/* needs.h -- whether this processor is one that a scenario is for */
#ifndef NEEDS_H
#define NEEDS_H

#include "tests/script/script.h"

#define NEEDS_REASON_SIZE 160

/* False if the processor lacks what the scenario needs, or has what it needs no processor to have;
 * the reason then begins with "needs". */
bool script_needs_are_met(const struct script *script, char reason[NEEDS_REASON_SIZE]);

#endif
