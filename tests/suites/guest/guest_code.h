/* guest_code.h -- a VM with a page of machine code, for tests that need no scenario */
#ifndef GUEST_CODE_H
#define GUEST_CODE_H

#include "vmx/vm.h"

/* Where the code stands and starts. */
#define GUEST_CODE 0x1000

/* A guest; false after skip() if this processor cannot run one. */
bool guest_code_start_in(enum guest_mode mode, struct vm *vm, const u8 *code, size_t size);

/* One in mode long64. */
static inline bool guest_code_start(struct vm *vm, const u8 *code, size_t size)
{
	return guest_code_start_in(MODE_long64, vm, code, size);
}

#endif
