/* play.h -- plays a scenario's script against a VM made for it (docs/scenarios.md) */
#ifndef PLAY_H
#define PLAY_H

#include "tests/player/player.h"
#include "vmx/capabilities.h"

/* Reports by test.h.  A failure names the author's line.  The test is skipped if this machine does
 * not offer what the scenario needs, and it is at fault if the scenario asks for a page or an EPT
 * entry that cannot be there. */
void script_play(const struct script *script);

/* The same for the sake of the states that it enters from: the witness is asked before each entry,
 * and nothing that the scenario expects is compared.  A guest is entered only where the scenario
 * goes on behind its exit, and a scenario without a guest is not played. */
void script_rehearse(const struct script *script, script_witness_t *witness, void *context);

#endif
