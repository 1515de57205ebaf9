/* acpi.h -- the way to ACPI's tables, and to what switches the machine off
 * (ACPI specification, "Root System Description Pointer", "Fixed ACPI Description Table", "\_Sx")
 */
#ifndef ACPI_H
#define ACPI_H

#include "drivers/exit_device.h"
#include "kernel/physical.h"

struct acpi_bytes {
	const u8 *at;                           /* null: there is no such thing */
	u64 size;
};

/* The address of the RSDP: the given one, or if that is 0 the one that a BIOS left; 0 if there is
 * none. */
u64 acpi_rsdp(u64 rsdp, const struct physical *memory);

/* The first table of this signature, "FACP" or "APIC", with at least its header of 36 bytes.  None
 * if there is none whose checksum is right and which lies in the window. */
struct acpi_bytes acpi_table(u64 rsdp, const struct physical *memory, const char *signature);

/* Whether the tables were made for an emulator's machine: the BIOS of Bochs and QEMU names BOCHS in
 * the RSDP.  With rsdp = 0 the RSDP is looked for where a BIOS puts it. */
bool acpi_is_of_emulator(u64 rsdp, const struct physical *memory);

/* Follows RSDP, RSDT or XSDT, FADT and DSDT to the state S5.  With rsdp = 0 the RSDP is looked for
 * where a BIOS puts it.  False if any of them is missing, reaches out of the window or has a wrong
 * checksum, or if the machine has no PM1a control port. */
bool acpi_find_sleep(u64 rsdp, const struct physical *memory, struct acpi_sleep *sleep);

#endif
