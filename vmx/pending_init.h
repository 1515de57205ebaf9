/* pending_init.h -- takes back an INIT that waits for a VM entry
 * (SDM vol. 3, "Other Causes of VM Exits")
 */
#ifndef PENDING_INIT_H
#define PENDING_INIT_H

#include "kernel/types.h"

/* VMX root operation blocks INIT, so one that no guest has met would reset the processor when that
 * leaves VMX operation: here a guest meets it.  Called when no VM lives. */
void pending_init_take(void);

/* Whether one that a guest has met is still pending, as in Bochs 2.7 where it came while the guest
 * ran.  Only a reset ends that. */
bool pending_init_stays(void);

#endif
