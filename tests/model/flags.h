/* flags.h -- accessed and dirty flags of EPT, and the log of pages written to
 * (SDM vol. 3, "Accessed and Dirty Flags for EPT", "Page-Modification Logging") */
#ifndef FLAGS_H
#define FLAGS_H

#include "tests/model/ept_translation.h"
#include "tests/model/walk.h"

/* Sets the flags for an access that EPT allows.  False if it ended in a log-full event. */
bool flags_set_in_ept(struct walk *walk, const struct ept_translation *translation, bool writes);

/* For an access that EPT does not allow: marks the entries that it used as accessed. */
void flags_mark_used(struct walk *walk, const struct ept_translation *translation);

#endif
