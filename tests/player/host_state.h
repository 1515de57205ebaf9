/* host_state.h -- the host's registers as a VM exit left them
 * (SDM vol. 3, "Loading Host State")
 *
 * Nothing between an exit and its answer writes to them but to RFLAGS, which is noted at the exit.
 */
#ifndef HOST_STATE_H
#define HOST_STATE_H

#include "tests/player/player.h"

/* Where exits arrive in place of vm_exit if RFLAGS is to be noted, and what was (host_exit.asm). */
extern const u8 host_exit[];
extern u64 host_exit_rflags;

/* Called when the VM is started: lets its exits arrive there if the script asks for RFLAGS. */
void player_watch_host(const struct script *script);

/* Whether the register is as the step wants it. */
bool player_host_agrees(const struct script_step *step);
void player_check_host(struct player *player, const struct script_step *step);
void player_check_host_msr(struct player *player, const struct script_step *step);

#endif
