/* mode.h -- the modes a guest can start in */
#ifndef MODE_H
#define MODE_H

#include "kernel/types.h"

enum guest_mode {
#define MODE(number, name, bits, paging, text) MODE_##name = number,
#include "vmx/modes.def"
#undef MODE
	GUEST_MODES                             /* the size of an array indexed by mode */
};

/* Whether the mode starts with paging on; only unrestricted guests can do without. */
static inline bool mode_has_paging(enum guest_mode mode)
{
	static const bool has_paging[GUEST_MODES] = {
#define MODE(number, name, bits, paging, text) [number] = paging,
#include "vmx/modes.def"
#undef MODE
	};

	return has_paging[mode];
}

#endif
