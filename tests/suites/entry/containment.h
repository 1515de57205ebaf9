/* containment.h -- what keeps a case from harming the kernel, however it ends */
#ifndef CONTAINMENT_H
#define CONTAINMENT_H

#include "tests/model/vm_entry.h"
#include "tests/suites/entry/case.h"

/* Poisons the case if it must be; false if it cannot be tried.  While the state is that of the
 * case, which violates these rules. */
bool entry_contain(const struct entry_machine *machine, struct entry_case *tried,
		   const struct entry_set *violated);

#endif
