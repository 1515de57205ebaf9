/* exit_device.h -- ending the machine so that whoever started it learns how the run went
 *
 * The ways are tried in this order: QEMU's isa-debug-exit (port 0xf4, where no legacy device
 * listens), Bochs' shutdown port (0x8900), ACPI S5, and HLT for ever.
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

/* How ACPI S5 is entered; kernel/acpi.c finds it in the FADT and \_S5. */
struct acpi_sleep {
	uint16_t pm1a_control, pm1b_control;    /* I/O ports, 0: there is none */
	uint8_t  sleep_type_a, sleep_type_b;    /* SLP_TYP of S5 */
};

/* Finds out how this machine enters S5; false if it cannot.  It is called only where the cheaper
 * exits did not end the machine, as reading the ACPI tables takes longer than a whole short run. */
typedef bool acpi_sleep_find_t(struct acpi_sleep *sleep);
void exit_device_set_acpi(acpi_sleep_find_t *find);

/* Sends what the serial line still holds, then ends the machine. */
__attribute__((noreturn)) void machine_end(enum exit_code code);

#endif
