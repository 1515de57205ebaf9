/* acpi_devices_test.c -- the devices that ACPI's tables tell, and tables that are wrong
 * links: kernel/acpi_devices.c kernel/acpi.c
 *
 * Each test lays out the table that it is about at the end of the memory, which the address
 * sanitizer guards, behind an RSDP and an RSDT that lead to it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/acpi_devices.h"

#define MEMORY_SIZE 0x3000u
#include "tests/host/acpi_memory.h"

enum {
	RSDP = 0x1000, RSDP_SIZE = 20,
	RSDT = 0x1100, RSDT_SIZE = 36 + 4,
	PORTS = 1,
	PM_TIMER = 0x608,
	HPET_AT = 0x2000,
};
#define IO_APIC_AT 0xfec00000u

static size_t table, table_size;

/* An empty table of that size, to which RSDP and RSDT lead. */
static void lay_out(const char *signature, uint32_t size)
{
	table_size = size;
	table = MEMORY_SIZE - size;
	memset(memory, 0, MEMORY_SIZE);
	patch(RSDP, "RSD PTR ", 8);
	patch32(RSDP + 16, RSDT);
	sum(RSDP, RSDP_SIZE, 8);
	patch(RSDT, "RSDT", 4);
	patch32(RSDT + 4, RSDT_SIZE);
	patch32(RSDT + 36, (uint32_t)table);
	sum(RSDT, RSDT_SIZE, 9);
	patch(table, signature, 4);
	patch32(table + 4, size);
}

/* Call this when the table is complete. */
static void start(void)
{
	const struct physical window = { (uintptr_t)memory, 1, MEMORY_SIZE };

	sum(table, table_size, 9);
	acpi_devices_start(RSDP, &window);
}

static void lay_out_generic(size_t at, uint8_t space, uint64_t address)
{
	memory[table + at] = space;
	patch(table + at + 4, &address, sizeof(address));
}

static uint16_t pm_timer_of(uint32_t port, uint8_t space, uint64_t extended)
{
	lay_out("FACP", 244);
	patch32(table + 76, port);
	lay_out_generic(208, space, extended);
	start();
	return acpi_pm_timer();
}

static void the_pm_timer_is_in_two_places_of_the_fadt(void **state)
{
	(void)state;
	assert_int_equal(pm_timer_of(PM_TIMER, 0, 0), PM_TIMER);
	assert_int_equal(pm_timer_of(0, PORTS, PM_TIMER), PM_TIMER);
	assert_int_equal(pm_timer_of(0x408, PORTS, PM_TIMER), PM_TIMER);
}

static void a_pm_timer_that_cannot_be_read_is_none(void **state)
{
	(void)state;
	assert_int_equal(pm_timer_of(0, 0, 0), 0);
	assert_int_equal(pm_timer_of(0x10000, 0, 0), 0);
	assert_int_equal(pm_timer_of(0, PORTS, 0x10608), 0);
	assert_int_equal(pm_timer_of(0, 0, PM_TIMER), 0);
}

static void an_old_fadt_has_the_first_place_alone(void **state)
{
	(void)state;
	lay_out("FACP", 116);
	patch32(table + 76, PM_TIMER);
	start();
	assert_int_equal(acpi_pm_timer(), PM_TIMER);
	lay_out("FACP", 78);
	start();
	assert_int_equal(acpi_pm_timer(), 0);
}

static uint64_t hpet_of(uint32_t size, uint8_t space, uint64_t address)
{
	lay_out("HPET", size);
	if (size >= 52)
		lay_out_generic(40, space, address);
	start();
	return acpi_hpet();
}

static void the_hpet_has_a_table_of_its_own(void **state)
{
	(void)state;
	assert_int_equal(hpet_of(56, 0, HPET_AT), HPET_AT);
	assert_int_equal(hpet_of(52, 0, HPET_AT), HPET_AT);
	assert_int_equal(hpet_of(51, 0, HPET_AT), 0);
	assert_int_equal(hpet_of(56, PORTS, HPET_AT), 0);
	assert_int_equal(hpet_of(56, 0, MEMORY_SIZE), 0);
	assert_int_equal(hpet_of(56, 0, 1ull << 40), 0);
}

static void lay_out_entry(size_t at, uint8_t type, uint8_t length, uint32_t address)
{
	memory[table + at] = type;
	memory[table + at + 1] = length;
	if (length >= 8)
		patch32(table + at + 4, address);
}

static void the_madt_lists_io_apics_among_others(void **state)
{
	(void)state;
	lay_out("APIC", 44 + 8 + 12 + 10 + 12);
	lay_out_entry(44, 0, 8, 0);
	lay_out_entry(52, 1, 12, IO_APIC_AT);
	lay_out_entry(64, 2, 10, 0);
	lay_out_entry(74, 1, 12, IO_APIC_AT + 0x1000);
	start();
	assert_int_equal(acpi_io_apic(0), IO_APIC_AT);
	assert_int_equal(acpi_io_apic(1), IO_APIC_AT + 0x1000);
	assert_int_equal(acpi_io_apic(2), 0);
}

static void lengths_in_the_madt_are_not_trusted(void **state)
{
	(void)state;
	for (unsigned length = 0; length < 256; length++) {
		lay_out("APIC", 44 + 12);
		lay_out_entry(44, 1, 12, IO_APIC_AT);
		memory[table + 45] = (uint8_t)length;
		start();
		assert_int_equal(acpi_io_apic(0), length == 12 ? IO_APIC_AT : 0);
	}
	lay_out("APIC", 44 + 1);
	start();
	assert_int_equal(acpi_io_apic(0), 0);
}

static void without_tables_there_are_no_devices(void **state)
{
	(void)state;
	lay_out("SSDT", 44);
	start();
	assert_int_equal(acpi_pm_timer(), 0);
	assert_int_equal(acpi_hpet(), 0);
	assert_int_equal(acpi_io_apic(0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pm_timer_is_in_two_places_of_the_fadt),
		cmocka_unit_test(a_pm_timer_that_cannot_be_read_is_none),
		cmocka_unit_test(an_old_fadt_has_the_first_place_alone),
		cmocka_unit_test(the_hpet_has_a_table_of_its_own),
		cmocka_unit_test(the_madt_lists_io_apics_among_others),
		cmocka_unit_test(lengths_in_the_madt_are_not_trusted),
		cmocka_unit_test(without_tables_there_are_no_devices),
	};

	return cmocka_run_group_tests(tests, make_memory, free_memory);
}
