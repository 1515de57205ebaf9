/* permission.h -- what an EPT entry allows and what an access wants, in the same three bits
 * (SDM vol. 3, "EPT Translation Mechanism") */
#ifndef PERMISSION_H
#define PERMISSION_H

#include "kernel/types.h"

enum permission {
	NONE = 0, R = 1, W = 2, X = 4,
	RW = R | W, RX = R | X, WX = W | X, RWX = R | W | X,
	XU = 8,         /* execute at user-mode addresses, with mode-based execute control; X is
			 * then for supervisor-mode addresses */
};

struct permission_text { char text[4]; };

/* "r-x" */
struct permission_text permission_text(enum permission allowed);

/* "a read", "an instruction fetch", "a read and write": an access, as a sentence begins. */
const char *permission_as_access(enum permission wanted);

#endif
