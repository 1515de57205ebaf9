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

/* "DATA+0x8(0x2008)", or "0x5008" outside of every page of the scenario. */
size_t script_address_text(char *text, size_t size, const struct script *script, u64 address);

#endif
