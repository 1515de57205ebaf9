/* ept.h -- how EPT answers an access to a guest-physical address
 * (SDM vol. 3, "The Extended Page Table Mechanism (EPT)") */
#ifndef EPT_H
#define EPT_H

#include "tests/model/ept_translation.h"
#include "tests/model/walk.h"

enum ept_answer {
	EPT_ALLOWED,
	EPT_REFUSED,                            /* an EPT violation: ept_refuse() */
	EPT_ENDED,                              /* in another event, which walk_end() has set */
};

/* Tries an access that needs the permissions `wanted`. */
enum ept_answer ept_access(struct walk *walk, gpa_t address, u64 wanted,
			   struct ept_translation *translation);

/* Ends an access that the translation's entries refuse.  What they allow is added to the
 * qualification. */
void ept_refuse(struct walk *walk, const struct ept_translation *translation,
		u64 qualification, u64 undefined);

#endif
