/* guest_code.h -- a VM with a page of machine code, for tests that need no scenario */
#ifndef GUEST_CODE_H
#define GUEST_CODE_H

#include "vmx/vm.h"

/* Where the code stands and starts. */
#define GUEST_CODE 0x1000

/* Starts a VM with the code in a page of its own; false after skip() if this processor cannot. */
bool guest_code_start_in(enum guest_mode mode, struct vm *vm, const u8 *code, size_t size);

/* The same in mode long64. */
static inline bool guest_code_start(struct vm *vm, const u8 *code, size_t size)
{
	return guest_code_start_in(MODE_long64, vm, code, size);
}

/* Changes bits of a field of the current VMCS. */
static inline void set_bits(enum vmcs_field field, u64 bits)
{
	vmcs_write(field, vmcs_read(field) | bits);
}

static inline void clear_bits(enum vmcs_field field, u64 bits)
{
	vmcs_write(field, vmcs_read(field) & ~bits);
}

/* The last exit must be for this reason.  A VM entry that failed instead is reported as that of a
 * scenario is. */
void expect_exit_at(const char *file, u32 line, const struct vm *vm, u32 reason);
#define EXPECT_EXIT(vm, reason) expect_exit_at(__FILE__, __LINE__, vm, reason)

#endif
