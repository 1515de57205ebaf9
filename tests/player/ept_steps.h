/* ept_steps.h -- steps about EPT: its entries, its views, and what is cached of them
 *
 * Each function plays one step, whose operands script_check() found good.  What is not as the step
 * expects it is reported by player_wrong().  Where the scenario cannot go on, the function reports
 * why by skip() or player_at_fault(), and player->over is set.
 */
#ifndef EPT_STEPS_H
#define EPT_STEPS_H

#include "tests/player/player.h"

void player_remap(struct player *player, const struct script_step *step);
void player_split(struct player *player, const struct script_step *step);
void player_edit_entry(struct player *player, const struct script_step *step);
void player_check_flags(struct player *player, const struct script_step *step);
void player_clear_flags(struct player *player, const struct script_step *step);
void player_check_view(struct player *player, const struct script_step *step);
void player_write_eptp(struct player *player, const struct script_step *step);

/* (SDM vol. 3, "Operations that Invalidate Cached Mappings") */
void player_invalidate_ept(struct player *player, const struct script_step *step);
void player_invalidate_vpid(struct player *player, const struct script_step *step);

#endif
