/* exit_device.h -- ending the machine so that whoever started it learns how the run went
 *
 * In this order: QEMU's isa-debug-exit (port 0xf4, where no legacy device listens), Bochs' shutdown
 * port (0x8900), ACPI S5, and HLT for ever.
 */
#ifndef EXIT_DEVICE_H
#define EXIT_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

enum exit_code {
	EXIT_PASSED  = 0,
	EXIT_FAILED  = 1,
	EXIT_SKIPPED = 77,
};

/* Where ACPI S5 is entered; kernel/acpi.c finds it in the FADT and \_S5.  Port 0: there is none. */
struct acpi_sleep {
	uint16_t pm1a_control, pm1b_control;    /* I/O ports */
	uint8_t  sleep_type_a, sleep_type_b;    /* SLP_TYP of S5 */
};

/* Who to ask for it: called at the very end, and only on a machine that has none of the cheaper
 * exits, as reading the ACPI tables takes longer than a whole short run.  False if it has no S5. */
typedef bool acpi_sleep_find_t(struct acpi_sleep *sleep);
void exit_device_set_acpi(acpi_sleep_find_t *find);

/* Sends what the serial line still holds, then ends the machine. */
__attribute__((noreturn)) void machine_end(enum exit_code code);

#endif
