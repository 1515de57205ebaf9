/* root.h -- plays a scenario without a guest: VMX instructions of the host, one after the other
 * (SDM vol. 3, "VMX Instruction Reference")
 */
#ifndef ROOT_H
#define ROOT_H

#include "tests/player/player.h"

/* Leaves VMX operation, so that the scenario begins outside of it: CR0 and CR4 are as VMXON wants
 * them, but CR4.VMXE is 0.  Tells what IA32_FEATURE_CONTROL says. */
void root_start(void);

/* Plays one step, whose operands script_check() found good. */
void root_play(struct player *player, const struct script_step *step);

/* Whatever the scenario did: no VMCS in its pages is active any more, the processor is outside of
 * VMX operation, and CR0 and CR4 are the kernel's. */
void root_end(const struct player *player);

#endif
