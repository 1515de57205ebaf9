/* alternatives.h -- an exit that may be one or another: EXPECT, and the steps OR_EXIT behind it
 *
 * Each of these steps is followed by what has to hold of its exit.  Where an exit is the only one,
 * EXPECT stands alone.
 */
#ifndef ALTERNATIVES_H
#define ALTERNATIVES_H

#include "tests/player/player.h"

/* Of the steps that name the reason of the VM's last exit the first with which all agrees that
 * follows it; if there is none, the first that names it.  Null if none does. */
const struct script_step *alternative_of(const struct player *player,
					 const struct script_step *expect);

/* The last step that belongs to the expectation of which this is a step OR_EXIT. */
const struct script_step *last_alternative(const struct script_step *step);

/* "seamcall" or "seamcall or exception_or_nmi" */
void alternatives_text(char *text, size_t size, const struct script_step *expect);

#endif
