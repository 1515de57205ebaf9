/* state_steps.h -- steps about the guest's state: observables, VMCS fields, bytes of memory
 *
 * Each function plays one step, whose operands script_check() found good.  What is not as the step
 * expects it is reported by player_wrong().
 */
#ifndef STATE_STEPS_H
#define STATE_STEPS_H

#include "tests/player/player.h"

/* Whether an exit is as a CHECK or CHECK_VMCS wants it; reports nothing. */
bool player_observable_agrees(const struct player *player, const struct script_step *step);
bool player_vmcs_agrees(const struct script_step *step);

void player_check_observable(struct player *player, const struct script_step *step);
void player_check_vmcs(struct player *player, const struct script_step *step);
void player_change_vmcs(struct player *player, const struct script_step *step);
void player_limit_run(struct player *player, const struct script_step *step);
void player_holds(struct player *player, const struct script_step *step);
void player_write(struct player *player, const struct script_step *step);
void player_write_revision(struct player *player, const struct script_step *step);
void player_write_host_address(struct player *player, const struct script_step *step);

#endif
