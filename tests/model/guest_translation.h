/* guest_translation.h -- the way of a guest-linear address through the guest's paging structures
 * (SDM vol. 3, "Paging") */
#ifndef GUEST_TRANSLATION_H
#define GUEST_TRANSLATION_H

#include "kernel/types.h"

enum { GUEST_LEVELS = 5 };

/* An entry that the guest's translation used. */
struct guest_step {
	u64   entry;
	gpa_t at;
};

struct guest_walk {
	gpa_t    address;
	u64      common;                        /* the logical-AND of all entries: R/W, U/S, A */
	u64      any;                           /* the logical-OR: XD */
	unsigned count;
	struct guest_step steps[GUEST_LEVELS];
};

#endif
