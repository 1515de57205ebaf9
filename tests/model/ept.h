/* ept.h -- one access to a guest-physical address
 * (SDM vol. 3, "The Extended Page Table Mechanism (EPT)") */
#ifndef EPT_H
#define EPT_H

#include "tests/model/ept_translation.h"
#include "tests/model/walk.h"

enum ept_answer {
	EPT_ALLOWED,
	EPT_REFUSED,                            /* an EPT violation: ept_refuse() */
	EPT_ENDED,                              /* in another event, which is the walk's by now */
};

/* An access that takes the permissions `wanted`. */
enum ept_answer ept_access(struct walk *walk, gpa_t address, u64 wanted,
			   struct ept_translation *translation);

/* The event of an access that the translation's entries refuse.  The qualification lacks only what
 * the entries allow. */
void ept_refuse(struct walk *walk, const struct ept_translation *translation,
		u64 qualification, u64 undefined);

#endif
