/* delivery.h -- what the delivery of an injected event pushed (SDM vol. 3, "Vectored-Event
 * Injection")
 */
#ifndef DELIVERY_H
#define DELIVERY_H

#include "tests/suites/entry/observed.h"

/* After the guest of an unchanged base has come to its handler: compares GUEST_RSP and the frame.
 * Fills in `wrong` of what was observed, if anything is. */
void entry_judge_delivery(const struct entry_machine *machine, struct entry_observed *observed);

#endif
