/* memory_watch.h -- whether a guest changes memory that is not its own
 *
 * Watched is what is usable from the second page up to a MiB beyond the memory in use: the kernel
 * with its data, tables and extension, the EPT tables, and free memory.  The stack is left out, as
 * the kernel itself goes on writing there; so a test keeps what it changes in local variables.
 */
#ifndef MEMORY_WATCH_H
#define MEMORY_WATCH_H

#include "kernel/types.h"

struct memory_watch {
	u64 pages;                              /* those watched are all below this one */
	u64 *sums;                              /* of each page */
	u8 *left_out;                           /* of each page: not 0 if nobody cares */
};

/* All memory is watched that is handed out by now.  False after skip() if too little is free. */
bool memory_watch_new(struct memory_watch *watch);

/* The page at this address may change. */
void memory_watch_leave_out(struct memory_watch *watch, hpa_t page);

/* Notes what is there. */
void memory_watch_start(struct memory_watch *watch);

/* Fails the test for pages that hold something else by now, naming the first ones. */
void memory_watch_expect_unchanged(const struct memory_watch *watch);

#endif
