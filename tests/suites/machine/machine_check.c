/* machine_check.c -- ends the run by a machine check on purpose, to show how that is reported */
#include "kernel/guarded.h"
#include "tests/report/test.h"

extern const u8 interrupt_18[];                 /* tests/suites/machine/stubs.asm */

TEST_ON_REQUEST("fault/machine_check",
		"a machine check ends the run even where a fault would not",
		"Interrupt 18--Machine-Check Exception (#MC)")
{
	try_call(interrupt_18);
}
