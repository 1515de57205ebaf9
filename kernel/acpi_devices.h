/* acpi_devices.h -- where devices are that only ACPI's tables tell
 * (ACPI specification, "Fixed ACPI Description Table", "Multiple APIC Description Table";
 * IA-PC HPET specification, "The ACPI 2.0 HPET Description Table")
 */
#ifndef ACPI_DEVICES_H
#define ACPI_DEVICES_H

#include "kernel/physical.h"

/* Where the tables are; with rsdp = 0 the RSDP is looked for where a BIOS puts it.  Reads nothing
 * yet, as most runs need none of the devices before their first verdict. */
void acpi_devices_start(u64 rsdp, const struct physical *memory);

/* All of these are 0 if the machine has no such device, or if no table in the window tells it. */
u16 acpi_pm_timer(void);                        /* the I/O port of the power management timer */
u64 acpi_hpet(void);                            /* the address of the first HPET's registers */
u64 acpi_io_apic(unsigned which);               /* the address of an I/O APIC's registers */

#endif
