/* hostile_guest.h -- a guest with paging structures of its own, by which it tries to change what is
 * not its own: the engine's paging structures, and memory that EPT does not map
 */
#ifndef HOSTILE_GUEST_H
#define HOSTILE_GUEST_H

#include "tests/suites/guest/memory_watch.h"
#include "vmx/vm.h"

struct hostile_guest {
	struct vm vm;
	enum guest_mode mode;
	bool flags;                             /* accessed and dirty flags for EPT are on */
	u8 *code, *own;                         /* its pages: the code, and those it may write */
};

/* Starts a guest of the mode; false after skip() if this processor cannot have it. */
bool hostile_guest_start(struct hostile_guest *guest, enum guest_mode mode, bool flags);

/* Leaves out what the guest may change, and what the processor keeps of it in memory. */
void hostile_guest_own_pages(const struct hostile_guest *guest, struct memory_watch *watch);

/* Lets the guest try everything, and fails the test if it ends otherwise than it should. */
void hostile_guest_run(struct hostile_guest *guest);

#endif
