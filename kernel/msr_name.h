/* msr_name.h -- the names of MSRs, by the rows of msr.def */
#ifndef MSR_NAME_H
#define MSR_NAME_H

#include "kernel/types.h"

/* "IA32_EFER"; null if the table has no such MSR. */
const char *msr_name(u32 number);

#endif
