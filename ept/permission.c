/* permission.c -- permissions in letters, and accesses in words */
#include "ept/permission.h"

struct permission_text permission_text(enum permission allowed)
{
	return (struct permission_text){ {
		allowed & R ? 'r' : '-',
		allowed & W ? 'w' : '-',
		allowed & X ? 'x' : '-',
	} };
}

const char *permission_as_access(enum permission wanted)
{
	static const char *const texts[] = {
		[NONE] = "an access of no kind",
		[R]    = "a read",
		[W]    = "a write",
		[RW]   = "a read and write",
		[X]    = "an instruction fetch",
		[RX]   = "a read and instruction fetch",
		[WX]   = "a write and instruction fetch",
		[RWX]  = "an access of every kind",
	};

	return texts[wanted & RWX];
}
