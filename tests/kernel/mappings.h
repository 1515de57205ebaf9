/* mappings.h -- for tests: what the kernel's own pages allow, as tried and as their entries say
 * (SDM vol. 3, "Determination of Access Rights")
 */
#ifndef MAPPINGS_H
#define MAPPINGS_H

#include "kernel/flags.h"

/* The outcome of a function of guarded.h was a page fault with that error code, at that address. */
void expect_page_fault(unsigned outcome, const void *address, u64 error);

/* All pages are mapped where they are, none is writable and executable, and CPL 3 reaches the
 * .user parts of the images alone. */
void expect_sound_mappings(void);

#endif
