/* entry_log.h -- the lines of the report about a VM entry that failed and should not have: the
 * rules that it violates, and the VMCS as `./trapline explain vmcs` reads it (docs/explain.md)
 */
#ifndef ENTRY_LOG_H
#define ENTRY_LOG_H

#include "vmx/exit.h"

/* Of the current VMCS.  Prints nothing if the guest ran. */
void entry_log(const struct exit *exit);

#endif
