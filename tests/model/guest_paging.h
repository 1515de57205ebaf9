/* guest_paging.h -- the guest's own translation, from a linear to a guest-physical address
 * (SDM vol. 3, "32-Bit Paging", "PAE Paging", "4-Level Paging and 5-Level Paging") */
#ifndef GUEST_PAGING_H
#define GUEST_PAGING_H

#include "tests/model/guest_translation.h"
#include "tests/model/walk.h"

/* False if the walk ended in an event: one of EPT, or a page fault as there is no translation. */
bool guest_translate(struct walk *walk, struct guest_walk *guest);

/* Sets the accessed flag in all entries that were used, and the dirty flag in the last if the
 * access writes.  False if that ended in an event. */
bool guest_set_flags(struct walk *walk, const struct guest_walk *guest, bool writes);

#endif
