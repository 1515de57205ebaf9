/* timer_erratum.h -- whether the VMX-preemption timer of a processor can be trusted */
#ifndef TIMER_ERRATUM_H
#define TIMER_ERRATUM_H

#include "kernel/types.h"

/* The name of the erratum that a processor with this CPUID.01H:EAX has, "none" for one without a
 * name; null if its timer counts as it should. */
const char *timer_erratum_of(u32 signature);

#endif
