/* confinement.h -- whether a guest could write to memory that is not its own
 *
 * EPT confines what the guest itself writes, if the scenario leaves EPT on, in one of the engine's
 * hierarchies.  The processor writes besides, past EPT, to addresses that the VMCS holds.
 */
#ifndef CONFINEMENT_H
#define CONFINEMENT_H

#include "tests/player/player.h"

/* True if, entered with the current VMCS, the guest and the processor on its behalf write to no
 * memory but that of the scenario's pages and of the VM.  A VMCS that VM entry refuses is fine,
 * whatever it says.  Else false after player_at_fault(), and the guest must not be entered. */
bool player_is_confined(struct player *player);

#endif
