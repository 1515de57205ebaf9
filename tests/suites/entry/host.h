/* host.h -- the registers that a VM exit loads from the host-state area, or gives its own values
 * (SDM vol. 3, "Loading Host State")
 */
#ifndef HOST_H
#define HOST_H

#include "tests/suites/entry/observed.h"

/* Before the first entry of a base, whose exits then arrive where RFLAGS is noted
 * (tests/player/host_state.h), and after the last one: the kernel has its own CR0 and CR4. */
void entry_host_start(struct entry_machine *machine);
void entry_host_end(void);

/* Gives those registers values that no exit leaves, with which the kernel can run; and CR2 and DR6,
 * which neither entry nor exit changes, such that are no usual ones.  Nothing if they have them. */
void entry_host_disturb(void);

/* After VMfail: they have these values still. */
void entry_host_is_disturbed(struct entry_observed *observed);

/* After an exit: they are as the host-state area says, and CR2 and DR6 as they were.  Where they
 * were not disturbed, only those are compared that every L1 can read without an exit. */
void entry_host_is_loaded(const struct entry_state *state, enum entry_observation observation,
			  struct entry_observed *observed);

#endif
