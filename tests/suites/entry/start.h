/* start.h -- makes a machine ready for the cases of a base */
#ifndef START_H
#define START_H

#include "tests/suites/entry/base.h"

/* Starts the VM, and notes how host and VM-exit information are before the first entry.  Null if
 * all is well, else what this processor lacks for the base. */
const char *entry_start(struct entry_machine *machine, const struct entry_base *base);

/* Ends the VM, and gives the kernel its own host state.  Nothing if it did not start. */
void entry_end(struct entry_machine *machine);

#endif
