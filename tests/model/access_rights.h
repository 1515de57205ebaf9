/* access_rights.h -- what the guest's paging permits, and the page fault of what it does not
 * (SDM vol. 3, "Determination of Access Rights", "Page-Fault Exceptions") */
#ifndef ACCESS_RIGHTS_H
#define ACCESS_RIGHTS_H

#include "tests/model/guest_translation.h"
#include "tests/model/walk.h"

static inline bool kind_writes(enum model_access_kind kind)
{
	return kind == MODEL_WRITE || kind == MODEL_READ_MODIFY_WRITE;
}

/* True if the walk's access is permitted by what the guest's entries say; else it ended in a page
 * fault. */
bool rights_permit(struct walk *walk, const struct guest_walk *guest);

/* The page fault of an access that has no translation; `code` is 0, or FAULT_P | FAULT_RSVD. */
void rights_no_translation(struct walk *walk, u64 code);

#endif
