/* mode.h -- the modes a guest can start in */
#ifndef MODE_H
#define MODE_H

enum guest_mode {
#define MODE(number, name, bits, text) MODE_##name = number,
#include "vmx/modes.def"
#undef MODE
};

/* They count from 1: an array indexed by them has so many elements. */
enum {
	GUEST_MODES = 1
#define MODE(number, name, bits, text) + 1
#include "vmx/modes.def"
#undef MODE
};

#endif
