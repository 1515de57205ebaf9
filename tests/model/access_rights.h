/* access_rights.h -- what the guest's paging permits, and the page fault of what it forbids
 * (SDM vol. 3, "Determination of Access Rights", "Page-Fault Exceptions") */
#ifndef ACCESS_RIGHTS_H
#define ACCESS_RIGHTS_H

#include "tests/model/guest_translation.h"
#include "tests/model/walk.h"

static inline bool kind_writes(enum model_access_kind kind)
{
	return kind == MODEL_WRITE || kind == MODEL_READ_MODIFY_WRITE;
}

/* True if the guest's entries permit the access; else it ended in a page fault. */
bool rights_permit(struct walk *walk, const struct guest_walk *guest);

/* Ends an access that has no translation in a page fault; `code` is 0, or FAULT_P | FAULT_RSVD. */
void rights_no_translation(struct walk *walk, u64 code);

#endif
