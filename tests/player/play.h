/* play.h -- plays a scenario's script against a VM made for it (docs/scenarios.md) */
#ifndef PLAY_H
#define PLAY_H

#include "tests/script/script.h"

/* Reports by test.h.  A failure names the author's line.  The test is skipped if this machine does
 * not offer what the scenario needs, and it is at fault if the scenario asks for a page or an EPT
 * entry that cannot be there. */
void script_play(const struct script *script);

#endif
