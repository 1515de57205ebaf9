/* machine_restore.h -- gives the machine back as every test finds it */
#ifndef MACHINE_RESTORE_H
#define MACHINE_RESTORE_H

#include "kernel/types.h"

/* Called after each test, when no VM lives any more: whatever its guests did, the processor, the
 * local APIC and the serial line are as before it (docs/scenarios.md).  by_code: the test is code
 * of its own, which can do more than a guest, but leaves the line and the machine-check banks
 * alone.  Whether the processor is in VMX operation stays as it is.  Null if all is well, else what
 * cannot be given back but by a reset. */
const char *machine_restore(bool by_code);

#endif
