/* exit_device.c -- every way we know to end the machine, those that tell the exit code first */
#include "drivers/exit_device.h"

#include <stddef.h>

#include "drivers/port.h"
#include "drivers/serial.h"

/* Fields of the PM1 control registers (ACPI specification, "PM1 Control Registers"). */
enum {
	SLEEP_TYPE_AT = 10,
	SLEEP_ENABLE  = 1 << 13,
};

static exit_emulator_find_t *find_emulator;
static acpi_sleep_find_t *find_acpi_sleep;

void exit_device_start(exit_emulator_find_t *emulator, acpi_sleep_find_t *acpi_sleep)
{
	find_emulator = emulator;
	find_acpi_sleep = acpi_sleep;
}

static void end_by_bochs(void)
{
	for (const char *letter = "Shutdown"; *letter; letter++)
		port_write8(BOCHS_SHUTDOWN, (uint8_t)*letter);
}

/* A fault while this looks for the emulator's tables ends the machine, and so comes here again:
 * they are looked for only once.  The same holds for those of ACPI below. */
static inline void end_by_emulator(enum exit_code code)
{
	exit_emulator_find_t *find = find_emulator;

	find_emulator = NULL;
	if (find == NULL || !find())
		return;
	port_write8(QEMU_DEBUG_EXIT, (uint8_t)code);
	end_by_bochs();
}

static void sleep_through(uint16_t port, uint8_t type)
{
	if (port != 0)
		port_write16(port, (uint16_t)(type << SLEEP_TYPE_AT | SLEEP_ENABLE));
}

static void end_by_acpi(void)
{
	struct acpi_sleep sleep;
	acpi_sleep_find_t *find = find_acpi_sleep;

	find_acpi_sleep = NULL;
	if (find == NULL || !find(&sleep))
		return;
	sleep_through(sleep.pm1a_control, sleep.sleep_type_a);
	sleep_through(sleep.pm1b_control, sleep.sleep_type_b);
}

void machine_end(enum exit_code code)
{
	serial_drain();
	end_by_emulator(code);
	end_by_acpi();
	for (;;)
		asm volatile ("cli; hlt");
}
