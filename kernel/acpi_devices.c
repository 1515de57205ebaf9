/* acpi_devices.c -- where devices are that only ACPI's tables tell */
#include "kernel/acpi_devices.h"

#include "kernel/acpi.h"
#include "kernel/bytes.h"

enum {
	FADT_PM_TIMER     = 76,
	FADT_X_PM_TIMER   = 208,
	HPET_ADDRESS      = 40,

	/* A generic address. */
	GENERIC_SPACE     = 0,
	GENERIC_AT        = 4,
	GENERIC_SIZE      = 12,
	SPACE_MEMORY      = 0,
	SPACE_PORTS       = 1,

	MADT_ENTRIES      = 44,
	ENTRY_TYPE        = 0,
	ENTRY_LENGTH      = 1,
	ENTRY_HEADER      = 2,
	ENTRY_IO_APIC     = 1,
	IO_APIC_AT        = 4,
	IO_APIC_LENGTH    = 12,
};

static struct {
	u64 rsdp;
	struct physical memory;
} tables;

void acpi_devices_start(u64 rsdp, const struct physical *memory)
{
	tables.rsdp = rsdp;
	tables.memory = *memory;
}

static struct acpi_bytes table(const char *signature)
{
	tables.rsdp = acpi_rsdp(tables.rsdp, &tables.memory);
	return acpi_table(tables.rsdp, &tables.memory, signature);
}

/* The generic address at that place in the table; 0 if the table ends before, or if it is not in
 * this space, in which the addresses up to the limit can be reached. */
static u64 generic(struct acpi_bytes table, u64 place, u8 space, u64 limit)
{
	if (table.size < place + GENERIC_SIZE || table.at[place + GENERIC_SPACE] != space)
		return 0;
	u64 at = read64(table.at + place + GENERIC_AT);
	return at <= limit ? at : 0;
}

u16 acpi_pm_timer(void)
{
	struct acpi_bytes fadt = table("FACP");
	u64 port = generic(fadt, FADT_X_PM_TIMER, SPACE_PORTS, 0xffff);

	if (port == 0 && fadt.size >= FADT_PM_TIMER + 4)
		port = read32(fadt.at + FADT_PM_TIMER);
	return port <= 0xffff ? (u16)port : 0;
}

u64 acpi_hpet(void)
{
	return generic(table("HPET"), HPET_ADDRESS, SPACE_MEMORY, tables.memory.end - PAGE_SIZE);
}

u64 acpi_io_apic(unsigned which)
{
	struct acpi_bytes madt = table("APIC");

	for (u64 at = MADT_ENTRIES, length; at + ENTRY_HEADER <= madt.size; at += length) {
		const u8 *entry = madt.at + at;

		length = entry[ENTRY_LENGTH];
		if (length < ENTRY_HEADER || length > madt.size - at)
			return 0;
		if (entry[ENTRY_TYPE] == ENTRY_IO_APIC && length >= IO_APIC_LENGTH && which-- == 0)
			return read32(entry + IO_APIC_AT);
	}
	return 0;
}
