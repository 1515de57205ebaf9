/* guest_code.h -- a VM with a page of machine code, for tests that need no scenario */
#ifndef GUEST_CODE_H
#define GUEST_CODE_H

#include "vmx/vm.h"

/* Where the code stands and starts. */
#define GUEST_CODE 0x1000

/* A guest in mode long64; false after skip() if this processor cannot run one. */
bool guest_code_start(struct vm *vm, const u8 *code, size_t size);

#endif
