/* unspoken.h -- what the SDM says of each exit, compared where the scenario does not speak of it */
#ifndef UNSPOKEN_H
#define UNSPOKEN_H

#include "tests/player/player.h"

/* Fails the test for each field of vmx/exit_defaults.h that does not hold its default after the
 * exit, unless the step, an EXPECT, is followed by a step that compares this field. */
void player_check_unspoken(struct player *player);

#endif
