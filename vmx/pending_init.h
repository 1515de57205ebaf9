/* pending_init.h -- takes back an INIT that waits for a VM entry
 * (SDM vol. 3, "Other Causes of VM Exits")
 */
#ifndef PENDING_INIT_H
#define PENDING_INIT_H

/* VMX root operation blocks INIT, so one that no guest has met would reset the processor when that
 * leaves VMX operation: here a guest meets it.  Called when no VM lives. */
void pending_init_take(void);

#endif
