/* mappings.h -- what the kernel's own pages allow, by faults of accesses and by entries
 * (SDM vol. 3, "Determination of Access Rights")
 */
#ifndef MAPPINGS_H
#define MAPPINGS_H

#include "kernel/flags.h"

/* Expects that the function of guarded.h which returned this outcome faulted with #PF, this error
 * code and this address. */
void expect_page_fault(unsigned outcome, const void *address, u64 error);

/* Expects that all pages are mapped where they are, none is writable and executable, and CPL 3
 * reaches the .user parts of the images alone. */
void expect_sound_mappings(void);

#endif
