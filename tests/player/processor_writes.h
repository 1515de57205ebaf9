/* processor_writes.h -- memory that the processor writes while a guest runs, or when it exits, at
 * host-physical addresses that the VMCS holds (written_by_processor.def)
 */
#ifndef PROCESSOR_WRITES_H
#define PROCESSOR_WRITES_H

#include "tests/player/player.h"

/* True if everything that it could write, as the current VMCS says, is in pages of the scenario;
 * else false after player_at_fault().  Addresses that VM entry refuses are fine. */
bool processor_writes_are_confined(struct player *player);

/* The name of a VMCS field that lets it write to this page; null if none does. */
const char *processor_writes_to(hpa_t page);

#endif
