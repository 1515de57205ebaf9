/* ept_log.h -- what the report says of an exit that EPT caused, below the exit's own line: the
 * guest's walk, the EPT walk, and why, in words (docs/report.md) */
#ifndef EPT_LOG_H
#define EPT_LOG_H

#include "tests/script/script.h"
#include "vmx/vm.h"

/* Nothing for an exit of another kind. */
void ept_log(const struct script *script, const struct vm *vm, const struct exit *exit);

/* True if the exit is a #VE; *replaced is the EPT violation that became one, as the processor left
 * it in memory (SDM vol. 3, "Virtualization-Exception Information"). */
bool ept_log_replaced(const struct exit *exit, struct exit *replaced);

#endif
