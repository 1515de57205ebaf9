/* acpi_test.c -- the way from the RSDP to the state S5, and what happens where it is broken
 * links: kernel/acpi.c
 *
 * The tables are laid out here from the ACPI specification, in a first mebibyte of memory of which
 * the address sanitizer guards the end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/acpi.h"

#define MEMORY_SIZE 0x100000u
#include "tests/host/acpi_memory.h"

enum {
	RSDP = 0xf5000, RSDP_OLD_SIZE = 20, RSDP_SIZE = 36,
	RSDT = 0xf6000, RSDT_SIZE = 36 + 2 * 4,
	XSDT = 0xf6100, XSDT_SIZE = 36 + 2 * 8,
	FADT = 0xf7000, FADT_SIZE = 244,
	MADT = 0xf7800, MADT_SIZE = 64,
	DSDT = MEMORY_SIZE - 100, DSDT_SIZE = 100,
	S5 = DSDT + 60,

	PM1A = 0x604, PM1B = 0x704,
};

static struct physical window;
static struct acpi_sleep sleep;

static void sum_table(size_t at, size_t size) { sum(at, size, 9); }

static void sum_rsdp(void)
{
	sum(RSDP, RSDP_OLD_SIZE, 8);
	sum(RSDP, RSDP_SIZE, 32);
}

static void lay_out_table(size_t at, const char *signature, uint32_t size)
{
	patch(at, signature, 4);
	patch32(at + 4, size);
}

static void lay_out_rsdp(uint8_t revision)
{
	patch(RSDP, "RSD PTR ", 8);
	patch8(RSDP + 15, revision);
	patch32(RSDP + 16, RSDT);
	patch32(RSDP + 20, RSDP_SIZE);
	patch64(RSDP + 24, XSDT);
	sum_rsdp();
}

static void lay_out_roots(void)
{
	lay_out_table(RSDT, "RSDT", RSDT_SIZE);
	patch32(RSDT + 36, MADT);
	patch32(RSDT + 40, FADT);
	sum_table(RSDT, RSDT_SIZE);
	lay_out_table(XSDT, "XSDT", XSDT_SIZE);
	patch64(XSDT + 36, MADT);
	patch64(XSDT + 44, FADT);
	sum_table(XSDT, XSDT_SIZE);
	lay_out_table(MADT, "APIC", MADT_SIZE);
	sum_table(MADT, MADT_SIZE);
}

static void lay_out_fadt(void)
{
	lay_out_table(FADT, "FACP", FADT_SIZE);
	patch32(FADT + 40, DSDT);
	patch32(FADT + 64, PM1A);
	patch32(FADT + 68, PM1B);
	patch64(FADT + 140, DSDT);
	sum_table(FADT, FADT_SIZE);
}

/* Name (_S5, Package (4) { 5, 1, 0, 0 }), behind another object of that name. */
static void lay_out_dsdt(void)
{
	lay_out_table(DSDT, "DSDT", DSDT_SIZE);
	patch(DSDT + 40, "\x08_S5_\x0d", 6);
	patch(S5, "\x08_S5_\x12\x08\x04\x0a\x05\x01\x00\x00", 13);
	sum_table(DSDT, DSDT_SIZE);
}

static void lay_out(uint8_t revision)
{
	memset(memory, 0, MEMORY_SIZE);
	window = (struct physical){ (uintptr_t)memory, 1, MEMORY_SIZE };
	lay_out_rsdp(revision);
	lay_out_roots();
	lay_out_fadt();
	lay_out_dsdt();
}

static bool find_from(uint64_t rsdp)
{
	memset(&sleep, 0xee, sizeof(sleep));
	return acpi_find_sleep(rsdp, &window, &sleep);
}

static bool find(void)
{
	return find_from(RSDP);
}

static void assert_found(void)
{
	assert_true(find());
	assert_int_equal(sleep.pm1a_control, PM1A);
	assert_int_equal(sleep.pm1b_control, PM1B);
	assert_int_equal(sleep.sleep_type_a, 5);
	assert_int_equal(sleep.sleep_type_b, 1);
}

static void s5_is_found_through_both_roots(void **state)
{
	(void)state;
	lay_out(2);
	assert_found();
	lay_out(0);
	assert_found();
}

static void the_xsdt_goes_before_the_rsdt(void **state)
{
	(void)state;
	lay_out(2);
	patch8(RSDT + 9, 1);
	assert_found();
	lay_out(2);
	patch8(XSDT + 10, 1);
	assert_found();
	patch8(RSDT + 10, 1);
	assert_false(find());
}

static void an_old_rsdp_has_no_xsdt(void **state)
{
	(void)state;
	lay_out(0);
	patch8(RSDT + 10, 1);
	assert_false(find());
}

static void the_rsdp_is_looked_for_where_a_bios_puts_it(void **state)
{
	static const uint32_t places[] = { 0x80000, 0x9fc00, 0x9ffd0, 0xe0000, 0xffef0 };

	(void)state;
	lay_out(2);
	assert_true(find_from(0));
	for (size_t i = 0; i < sizeof(places) / sizeof *places; i++) {
		lay_out(2);
		patch(places[i], memory + RSDP, RSDP_SIZE);
		memset(memory + RSDP, 0, RSDP_SIZE);
		assert_false(find());
		assert_true(find_from(0));
	}
	lay_out(2);
	memset(memory + RSDP, 0, RSDP_SIZE);
	assert_false(find_from(0));
}

/* Each byte that a checksum covers is changed once. */
static void a_wrong_checksum_is_noticed(void **state)
{
	static const struct { uint32_t at, size; } covered[] = {
		{ RSDP, RSDP_OLD_SIZE }, { RSDT, RSDT_SIZE },
		{ FADT, FADT_SIZE }, { DSDT, DSDT_SIZE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(covered) / sizeof *covered; i++)
		for (uint32_t byte = 0; byte < covered[i].size; byte++) {
			lay_out(0);
			memory[covered[i].at + byte] ^= 0x10;
			assert_false(find());
		}
}

static void addresses_outside_of_memory_are_noticed(void **state)
{
	static const uint32_t addresses[] = {
		0, MEMORY_SIZE - 35, MEMORY_SIZE, 0x7fffffff, 0xffffffdc, 0xffffffff,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(addresses) / sizeof *addresses; i++) {
		lay_out(0);
		patch32(RSDP + 16, addresses[i]);
		sum_rsdp();
		assert_false(find());
		lay_out(0);
		patch32(RSDT + 40, addresses[i]);
		sum_table(RSDT, RSDT_SIZE);
		assert_false(find());
		lay_out(0);
		patch64(FADT + 140, addresses[i] ? addresses[i] : ~0ull);
		sum_table(FADT, FADT_SIZE);
		assert_false(find());
		assert_false(find_from(addresses[i] ? addresses[i] : ~0ull));
	}
}

/* The checksums are right, so that only the lengths can be what is judged. */
static void lengths_are_not_trusted(void **state)
{
	static const struct { uint32_t at, least; } tables[] = {
		{ RSDT, RSDT_SIZE }, { FADT, 116 }, { DSDT, S5 - DSDT + 11 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof *tables; i++)
		for (uint32_t length = 0; length < 300; length++) {
			uint32_t at = tables[i].at, left = MEMORY_SIZE - at;
			lay_out(0);
			patch32(at + 4, length);
			sum_table(at, length < 36 ? 36 : length < left ? length : left);
			assert_int_equal(find(), length >= tables[i].least && length <= left);
		}
	lay_out(0);
	patch32(DSDT + 4, 0xffffffff);
	assert_false(find());
}

static void an_old_fadt_has_no_x_dsdt(void **state)
{
	(void)state;
	lay_out(2);
	patch32(FADT + 40, 0);
	sum_table(FADT, FADT_SIZE);
	assert_found();
	lay_out(2);
	patch32(FADT + 4, 140);
	sum_table(FADT, 140);
	patch64(FADT + 140, 0x1000);
	assert_found();
}

static void without_a_control_port_there_is_no_s5(void **state)
{
	(void)state;
	lay_out(2);
	patch32(FADT + 64, 0);
	sum_table(FADT, FADT_SIZE);
	assert_false(find());
	patch32(FADT + 64, 0x10000);
	sum_table(FADT, FADT_SIZE);
	assert_false(find());
	patch32(FADT + 64, PM1A);
	patch32(FADT + 68, 0);
	sum_table(FADT, FADT_SIZE);
	assert_true(find());
	assert_int_equal(sleep.pm1b_control, 0);
}

static bool find_with_s5(const char *aml, size_t size)
{
	lay_out(2);
	memset(memory + S5, 0, DSDT_SIZE - (S5 - DSDT));
	patch(S5, aml, size);
	sum_table(DSDT, DSDT_SIZE);
	return find();
}

#define FIND_WITH_S5(aml) find_with_s5(aml, sizeof(aml) - 1)

static void the_ways_to_write_s5_are_understood(void **state)
{
	(void)state;
	assert_true(FIND_WITH_S5("\x08\\_S5_\x12\x06\x04\x0a\x07\x0a\x06\x00\x00"));
	assert_int_equal(sleep.sleep_type_a, 7);
	assert_int_equal(sleep.sleep_type_b, 6);
	assert_true(FIND_WITH_S5("\x08_S5_\x12\x06\x04\x00\x01\x00\x00"));
	assert_int_equal(sleep.sleep_type_a, 0);
	assert_int_equal(sleep.sleep_type_b, 1);
	assert_true(FIND_WITH_S5("\x08_S5_\x12\x47\x00\x04\x0a\x05\x0a\x05\x00\x00"));
	assert_int_equal(sleep.sleep_type_a, 5);
	assert_true(FIND_WITH_S5("\x08_S5_\x12\xc7\x00\x00\x00\x04\x0a\x05\x0a\x05\x00\x00"));
	assert_int_equal(sleep.sleep_type_b, 5);
}

static void what_is_not_s5_is_left_alone(void **state)
{
	(void)state;
	assert_false(FIND_WITH_S5("\x08_S4_\x12\x06\x04\x0a\x05\x0a\x05\x00\x00"));
	assert_false(FIND_WITH_S5("\x08_S5_\x11\x06\x04\x0a\x05\x0a\x05\x00\x00"));
	assert_false(FIND_WITH_S5("\x08_S5_\x12\x06\x04\x0b\x05\x00\x0a\x05\x00"));
	assert_false(FIND_WITH_S5("\x08_S5_\x12\x06\x04\x0a\x08\x0a\x05\x00\x00"));
	assert_false(FIND_WITH_S5("\x08_S5_\x12\x06\x04\x0a\x05\x0a\x08\x00\x00"));
}

static void an_emulator_is_known_by_the_rsdp(void **state)
{
	(void)state;
	lay_out(2);
	assert_false(acpi_is_of_emulator(RSDP, &window));
	patch(RSDP + 9, "BOCHS ", 6);
	assert_false(acpi_is_of_emulator(RSDP, &window));
	sum_rsdp();
	assert_true(acpi_is_of_emulator(RSDP, &window));
	assert_true(acpi_is_of_emulator(0, &window));
	assert_false(acpi_is_of_emulator(RSDP + 16, &window));
	patch(RSDP + 9, "OBCHS ", 6);
	assert_false(acpi_is_of_emulator(0, &window));
}

static void s5_cut_off_at_the_end_of_memory_does_no_harm(void **state)
{
	static const char aml[] = "_S5_\x12\xc7\x00\x00\x00\x04\x0a\x05\x0a\x05";

	(void)state;
	for (size_t size = 0; size <= sizeof(aml) - 1; size++) {
		lay_out(2);
		memset(memory + DSDT + 36, 0, DSDT_SIZE - 36);
		patch(MEMORY_SIZE - size, aml, size);
		sum_table(DSDT, DSDT_SIZE);
		assert_int_equal(find(), size == sizeof(aml) - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s5_is_found_through_both_roots),
		cmocka_unit_test(the_xsdt_goes_before_the_rsdt),
		cmocka_unit_test(an_old_rsdp_has_no_xsdt),
		cmocka_unit_test(the_rsdp_is_looked_for_where_a_bios_puts_it),
		cmocka_unit_test(a_wrong_checksum_is_noticed),
		cmocka_unit_test(addresses_outside_of_memory_are_noticed),
		cmocka_unit_test(lengths_are_not_trusted),
		cmocka_unit_test(an_old_fadt_has_no_x_dsdt),
		cmocka_unit_test(without_a_control_port_there_is_no_s5),
		cmocka_unit_test(the_ways_to_write_s5_are_understood),
		cmocka_unit_test(what_is_not_s5_is_left_alone),
		cmocka_unit_test(an_emulator_is_known_by_the_rsdp),
		cmocka_unit_test(s5_cut_off_at_the_end_of_memory_does_no_harm),
	};

	return cmocka_run_group_tests(tests, make_memory, free_memory);
}
