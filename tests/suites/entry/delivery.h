/* delivery.h -- what the delivery of an injected event pushed (SDM vol. 3, "Vectored-Event
 * Injection")
 */
#ifndef DELIVERY_H
#define DELIVERY_H

#include "tests/suites/entry/observed.h"

/* After a guest has come to its handler as that of the base does: compares GUEST_RSP and the frame.
 * Notes what differs. */
void entry_judge_delivery(const struct entry_machine *machine, struct entry_observed *observed);

#endif
