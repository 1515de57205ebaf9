/* ept_log.h -- what the report says of an exit that EPT caused, below the exit's own line: the
 * guest's walk, the EPT walk, and why, in words (docs/report.md) */
#ifndef EPT_LOG_H
#define EPT_LOG_H

#include "tests/script/script.h"
#include "vmx/vm.h"

/* Prints nothing for an exit of another kind. */
void ept_log(const struct script *script, const struct vm *vm, const struct exit *exit);

/* True if the exit is a #VE.  *violation is then the EPT violation that became this exception, as
 * the processor stored it in memory (SDM vol. 3, "Virtualization-Exception Information"). */
bool violation_of_ve(const struct exit *exit, struct exit *violation);

#endif
