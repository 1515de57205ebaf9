/* exit_device.h -- ending the machine so that whoever started it learns how the run went
 *
 * The ways are tried in this order: QEMU's isa-debug-exit (port 0xf4) and Bochs' shutdown port
 * (0x8900), ACPI S5, and HLT for ever.  The first two only where the machine is an emulator's: at
 * these ports a real machine may have some other device.
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

/* Whether this machine is an emulator's or virtual. */
typedef bool exit_emulator_find_t(void);

/* Finds out how this machine enters S5; false if it cannot. */
typedef bool acpi_sleep_find_t(struct acpi_sleep *sleep);

/* Both are called only at the end, as looking for ACPI's tables takes longer than a short run. */
void exit_device_start(exit_emulator_find_t *emulator, acpi_sleep_find_t *acpi_sleep);

/* Sends what the serial line still holds, then ends the machine. */
__attribute__((noreturn)) void machine_end(enum exit_code code);

#endif
