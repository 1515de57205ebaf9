/* control_registers.h -- the bits of CR0 and CR4 (SDM vol. 3, "Control Registers")
 *
 * Masks: CR0_PG, CR4_VMXE.  Their positions and texts are read from the table itself.
 */
#ifndef CONTROL_REGISTERS_H
#define CONTROL_REGISTERS_H

#include "kernel/types.h"

enum cr0_bit {
#define CR0_BIT(position, name, text) CR0_##name = BIT(position),
#define CR4_BIT(position, name, text)
#include "kernel/control_registers.def"
#undef CR0_BIT
#undef CR4_BIT
};

enum cr4_bit {
#define CR0_BIT(position, name, text)
#define CR4_BIT(position, name, text) CR4_##name = BIT(position),
#include "kernel/control_registers.def"
#undef CR0_BIT
#undef CR4_BIT
};

#endif
