/* flags.h -- the flags of IA32_EFER and of RFLAGS, and those of a page fault's error code
 * (SDM vol. 3, "Extended Feature Enable Register", "System Flags and Fields in the EFLAGS
 * Register", "Page-Fault Exceptions"; vol. 1, "EFLAGS Register")
 *
 * Masks: EFER_NXE, RFLAGS_IF, PF_WRITE.  RFLAGS_FIXED is bit 1, which is always 1.
 */
#ifndef FLAGS_H
#define FLAGS_H

#include "kernel/types.h"

enum {
#define FLAG(where, position, name) where##_##name = BIT(position),
#include "kernel/flags.def"
#undef FLAG
};

#endif
