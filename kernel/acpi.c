/* acpi.c -- the way to ACPI's tables, and to what switches the machine off */
#include "kernel/acpi.h"

#include "kernel/bytes.h"
#include "kernel/string.h"

/* Where a BIOS puts the RSDP: the extended BIOS data area somewhere below 640 KiB, or its ROM. */
enum {
	EBDA_START       = 0x80000,
	EBDA_END         = 0xa0000,
	ROM_START        = 0xe0000,
	ROM_END          = 0x100000,
	RSDP_ALIGNMENT   = 16,
};

#define RSDP_SIGNATURE 0x2052545020445352       /* "RSD PTR " */
#define OEM_BOCHS      0x48434f42               /* "BOCH", the first four of its letters */

enum {
	RSDP_OEM         = 9,
	RSDP_REVISION    = 15,
	RSDP_RSDT        = 16,
	RSDP_OLD_SIZE    = 20,
	RSDP_XSDT        = 24,
	RSDP_SIZE        = 36,
	REVISION_WITH_XSDT = 2,

	TABLE_LENGTH     = 4,
	TABLE_HEADER     = 36,

	FADT_DSDT        = 40,
	FADT_PM1A        = 64,
	FADT_PM1B        = 68,
	FADT_OLD_SIZE    = 116,
	FADT_X_DSDT      = 140,
	FADT_X_DSDT_END  = 148,
};

/* "AML Grammar Definition": Name (_S5, Package () { SLP_TYPa, SLP_TYPb, ... }) */
enum {
	AML_PACKAGE      = 0x12,
	AML_ZERO         = 0x00,
	AML_ONE          = 0x01,
	AML_BYTE         = 0x0a,
	SLEEP_TYPE_MAX   = 7,
};

static bool sums_to_zero(const u8 *bytes, u64 size)
{
	u8 sum = 0;

	for (u64 i = 0; i < size; i++)
		sum = (u8)(sum + bytes[i]);
	return sum == 0;
}

static const u8 *rsdp_at(const struct physical *memory, u64 address)
{
	const u8 *rsdp = physical_at(memory, address, RSDP_OLD_SIZE);

	if (rsdp == NULL || read64(rsdp) != RSDP_SIGNATURE || !sums_to_zero(rsdp, RSDP_OLD_SIZE))
		return NULL;
	return rsdp;
}

static u64 rsdp_between(const struct physical *memory, u64 start, u64 end)
{
	for (u64 at = start; at < end; at += RSDP_ALIGNMENT)
		if (rsdp_at(memory, at) != NULL)
			return at;
	return 0;
}

static u64 rsdp_of_bios(const struct physical *memory)
{
	u64 rsdp = rsdp_between(memory, ROM_START, ROM_END);

	return rsdp != 0 ? rsdp : rsdp_between(memory, EBDA_START, EBDA_END);
}

static struct acpi_bytes table_at(const struct physical *memory, u64 address, const char *signature)
{
	const struct acpi_bytes none = { NULL, 0 };
	const u8 *table = physical_at(memory, address, TABLE_HEADER);

	if (table == NULL || memcmp(table, signature, 4) != 0)
		return none;
	u32 length = read32(table + TABLE_LENGTH);
	if (length < TABLE_HEADER || physical_at(memory, address, length) == NULL ||
	    !sums_to_zero(table, length))
		return none;
	return (struct acpi_bytes){ table, length };
}

/* The first table of that signature that an RSDT (entries of 4 bytes) or XSDT (of 8) names. */
static struct acpi_bytes table_in(const struct physical *memory, struct acpi_bytes root,
				  unsigned entry_size, const char *signature)
{
	struct acpi_bytes table = { NULL, 0 };

	for (u64 at = TABLE_HEADER; root.size >= at + entry_size; at += entry_size) {
		u64 address = entry_size == 8 ? read64(root.at + at) : read32(root.at + at);
		table = table_at(memory, address, signature);
		if (table.at != NULL)
			break;
	}
	return table;
}

static bool has_xsdt(const struct physical *memory, u64 rsdp_address, const u8 *rsdp)
{
	return rsdp[RSDP_REVISION] >= REVISION_WITH_XSDT &&
	       physical_at(memory, rsdp_address, RSDP_SIZE) != NULL &&
	       sums_to_zero(rsdp, RSDP_SIZE);
}

u64 acpi_rsdp(u64 rsdp, const struct physical *memory)
{
	return rsdp != 0 ? rsdp : rsdp_of_bios(memory);
}

struct acpi_bytes acpi_table(u64 rsdp_address, const struct physical *memory,
			     const char *signature)
{
	const u8 *rsdp = rsdp_at(memory, rsdp_address);
	struct acpi_bytes root, table = { NULL, 0 };

	if (rsdp == NULL)
		return table;
	if (has_xsdt(memory, rsdp_address, rsdp)) {
		root = table_at(memory, read64(rsdp + RSDP_XSDT), "XSDT");
		table = table_in(memory, root, 8, signature);
	}
	if (table.at == NULL) {
		root = table_at(memory, read32(rsdp + RSDP_RSDT), "RSDT");
		table = table_in(memory, root, 4, signature);
	}
	return table;
}

static struct acpi_bytes find_dsdt(const struct physical *memory, struct acpi_bytes fadt)
{
	u64 extended = fadt.size >= FADT_X_DSDT_END ? read64(fadt.at + FADT_X_DSDT) : 0;

	return table_at(memory, extended != 0 ? extended : read32(fadt.at + FADT_DSDT), "DSDT");
}

/* Takes one small integer from the start of the AML and returns the rest, which is empty if
 * something else stands there. */
static struct acpi_bytes take_sleep_type(struct acpi_bytes aml, u8 *type)
{
	unsigned size = aml.size > 0 && aml.at[0] == AML_BYTE ? 2 : 1;

	if (aml.size < size || (size == 1 && aml.at[0] != AML_ZERO && aml.at[0] != AML_ONE))
		return (struct acpi_bytes){ NULL, 0 };
	*type = aml.at[size - 1];
	return (struct acpi_bytes){ aml.at + size, aml.size - size };
}

/* The package's elements, which stand behind its PkgLength: bits 7:6 of the first byte of PkgLength
 * say how many more it has. */
static struct acpi_bytes package_elements(struct acpi_bytes aml)
{
	if (aml.size < 2 || aml.at[0] != AML_PACKAGE)
		return (struct acpi_bytes){ NULL, 0 };
	u64 header = 1 + 1 + (aml.at[1] >> 6) + 1;
	if (aml.size < header)
		return (struct acpi_bytes){ NULL, 0 };
	return (struct acpi_bytes){ aml.at + header, aml.size - header };
}

static bool read_sleep_types(struct acpi_bytes aml, struct acpi_sleep *sleep)
{
	aml = take_sleep_type(package_elements(aml), &sleep->sleep_type_a);
	aml = take_sleep_type(aml, &sleep->sleep_type_b);
	return aml.at != NULL && sleep->sleep_type_a <= SLEEP_TYPE_MAX &&
	       sleep->sleep_type_b <= SLEEP_TYPE_MAX;
}

static bool find_sleep_types(struct acpi_bytes dsdt, struct acpi_sleep *sleep)
{
	for (u64 at = TABLE_HEADER; dsdt.size >= at + 4; at++) {
		struct acpi_bytes rest = { dsdt.at + at + 4, dsdt.size - at - 4 };

		if (memcmp(dsdt.at + at, "_S5_", 4) == 0 && read_sleep_types(rest, sleep))
			return true;
	}
	return false;
}

bool acpi_find_sleep(u64 rsdp, const struct physical *memory, struct acpi_sleep *sleep)
{
	struct acpi_bytes fadt = acpi_table(acpi_rsdp(rsdp, memory), memory, "FACP");

	if (fadt.size < FADT_OLD_SIZE)
		return false;
	u32 pm1a = read32(fadt.at + FADT_PM1A), pm1b = read32(fadt.at + FADT_PM1B);
	if (pm1a == 0 || pm1a > 0xffff || pm1b > 0xffff)
		return false;
	sleep->pm1a_control = (u16)pm1a;
	sleep->pm1b_control = (u16)pm1b;
	return find_sleep_types(find_dsdt(memory, fadt), sleep);
}

bool acpi_is_of_emulator(u64 rsdp_address, const struct physical *memory)
{
	const u8 *rsdp = rsdp_at(memory, acpi_rsdp(rsdp_address, memory));

	return rsdp != NULL && read32(rsdp + RSDP_OEM) == OEM_BOCHS;
}
