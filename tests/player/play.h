/* play.h -- plays a scenario's script against a VM made for it (docs/scenarios.md) */
#ifndef PLAY_H
#define PLAY_H

#include "tests/script/script.h"

/* Speaks by test.h: passes in silence, fails at the author's line, skips where `needs` is not met,
 * and is at fault where the scenario asks for more than there is. */
void script_play(const struct script *script);

#endif
