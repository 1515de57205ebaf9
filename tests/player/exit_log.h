/* exit_log.h -- the lines of the report about a VM exit of a scenario, with the names that the
 * scenario's author gave, and with the EPT walk in words (docs/report.md) */
#ifndef EXIT_LOG_H
#define EXIT_LOG_H

#include "tests/script/script.h"
#include "vmx/vm.h"

/* Exits after the first so many are counted, but not shown. */
#define EXITS_SHOWN 100

/* `number` counts the exits of the scenario from 1. */
void exit_log(const struct script *script, const struct vm *vm, const struct exit *exit,
	      u64 number);

#endif
