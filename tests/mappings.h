/* mappings.h -- for tests: what the kernel's own pages allow, as tried and as their entries say
 * (SDM vol. 3, "Determination of Access Rights")
 */
#ifndef MAPPINGS_H
#define MAPPINGS_H

#include "kernel/types.h"

/* Of a page fault's error code (SDM vol. 3, "Page-Fault Exceptions"). */
enum {
	FAULT_PROTECTION = BIT(0),
	FAULT_WRITE      = BIT(1),
	FAULT_USER       = BIT(2),
	FAULT_FETCH      = BIT(4),
};

/* The outcome of a function of guarded.h was a page fault with that error code, at that address. */
void expect_page_fault(unsigned outcome, const void *address, u64 error);

/* All pages are mapped where they are, none is writable and executable, and CPL 3 reaches the
 * .user parts of the images alone. */
void expect_sound_mappings(void);

#endif
