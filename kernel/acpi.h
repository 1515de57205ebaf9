/* acpi.h -- as much of ACPI as it takes to switch the machine off
 * (ACPI specification, "Root System Description Pointer", "Fixed ACPI Description Table", "\_Sx")
 */
#ifndef ACPI_H
#define ACPI_H

#include "drivers/exit_device.h"
#include "kernel/physical.h"

/* Follows RSDP, RSDT or XSDT, FADT and DSDT to the state S5.  With rsdp = 0 the RSDP is looked for
 * where a BIOS puts it.  False if any of them is missing, reaches out of the window or has a wrong
 * checksum, or if the machine has no PM1a control port. */
bool acpi_find_sleep(u64 rsdp, const struct physical *memory, struct acpi_sleep *sleep);

#endif
