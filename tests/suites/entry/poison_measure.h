/* poison_measure.h -- which of the illegal values of poisons.def this processor refuses
 */
#ifndef POISON_MEASURE_H
#define POISON_MEASURE_H

#include "tests/suites/entry/base.h"

/* Enters the base with each of them alone, under its own controls, under which a guest may run.
 * Those that are refused can be used from then on, in this base and in the next ones until it is
 * called again.  Not for a base whose every case is poisoned. */
void entry_poison_measure(struct entry_machine *machine);

#endif
