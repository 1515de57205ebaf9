/* outside_steps.h -- steps about events that come to the guest from outside
 *
 * Each function plays one step, whose operands script_check() found good.  A machine that cannot
 * send the event skips the scenario.
 */
#ifndef OUTSIDE_STEPS_H
#define OUTSIDE_STEPS_H

#include "tests/player/player.h"

void player_send_interrupt(struct player *player, const struct script_step *step);
void player_send_nmi(struct player *player);
void player_send_init(struct player *player);

/* Called after an exit: ends an interrupt of the scenario that the exit has acknowledged, so that
 * the local APIC can deliver the next one. */
void player_end_interrupt(const struct player *player);

/* Called when the VM has ended: takes back what no guest has met, and what machine_restore() does
 * not take. */
void player_take_events_back(const struct player *player);

#endif
