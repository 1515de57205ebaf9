/* exit_log.h -- each VM exit of a scenario in the report, with names the author gave and with the
 * EPT walk in words (docs/report.md) */
#ifndef EXIT_LOG_H
#define EXIT_LOG_H

#include "tests/script/script.h"
#include "vmx/vm.h"

/* More exits than this are counted, not shown. */
#define EXITS_SHOWN 100

void exit_log(const struct script *script, const struct vm *vm, const struct exit *exit,
	      u64 number);

#endif
