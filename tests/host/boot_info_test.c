/* boot_info_test.c -- what boot loaders tell is read right, and nothing they could tell does harm
 * links: kernel/multiboot2.c kernel/pvh.c kernel/boot_info.c kernel/boot_parse.c
 *
 * The information is laid out here from the two specifications.  Every parse gets a copy of exactly
 * the bytes it may read, so that the address sanitizer sees one that reads more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/multiboot2.h"
#include "kernel/pvh.h"

#define MIB (1ull << 20)

static uint8_t image[16384];                    /* the information, as it is laid out */
static size_t  image_size;

static uint8_t *copy;                           /* what the last parse was given */
static struct boot_info boot;

static void put(const void *bytes, size_t size)
{
	assert_true(size <= sizeof(image) - image_size);
	memcpy(image + image_size, bytes, size);
	image_size += size;
}

static void put32(uint32_t value) { put(&value, sizeof(value)); }
static void put64(uint64_t value) { put(&value, sizeof(value)); }
static void put_text(const char *text) { put(text, strlen(text) + 1); }

static void patch32(size_t at, uint32_t value) { memcpy(image + at, &value, sizeof(value)); }
static void patch64(size_t at, uint64_t value) { memcpy(image + at, &value, sizeof(value)); }

static const uint32_t odd_values[] = {
	0, 1, 2, 7, 8, 9, 12, 15, 16, 17, 23, 24, 25, 31, 32, 33, 55, 56, 57, 0xff, 0x100, 0xffff,
	0x10000, 0xfffff, 0x100000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffff7, 0xfffffff8,
	0xfffffff9, 0xfffffffe, 0xffffffff,
};

/* --- Multiboot2 specification, "Boot information" --- */

enum {
	TAG_END = 0, TAG_COMMAND_LINE = 1, TAG_LOADER = 2, TAG_MODULE = 3, TAG_MEMORY = 4,
	TAG_MEMORY_MAP = 6, TAG_ELF = 9, TAG_ACPI_OLD = 14, TAG_ACPI_NEW = 15,
};

static size_t tag_start;

static size_t begin_tag(uint32_t type)
{
	while (image_size % 8)
		put("", 1);
	tag_start = image_size;
	put32(type);
	put32(0);
	return tag_start;
}

static void end_tag(void)
{
	patch32(tag_start + 4, (uint32_t)(image_size - tag_start));
}

static size_t put_text_tag(uint32_t type, const char *text)
{
	size_t at = begin_tag(type);

	put_text(text);
	end_tag();
	return at;
}

static size_t put_module_tag(uint32_t start, uint32_t end, const char *name)
{
	size_t at = begin_tag(TAG_MODULE);

	put32(start);
	put32(end);
	put_text(name);
	end_tag();
	return at;
}

static void put_map_entry(uint64_t start, uint64_t size, uint32_t type)
{
	put64(start);
	put64(size);
	put32(type);
	put32(0);
}

static size_t begin_map(void)
{
	size_t at = begin_tag(TAG_MEMORY_MAP);

	put32(24);
	put32(0);
	return at;
}

static void begin_information(void)
{
	image_size = 0;
	put32(0);
	put32(0);
}

static void end_information(void)
{
	begin_tag(TAG_END);
	end_tag();
	patch32(0, (uint32_t)image_size);
}

/* Where the tags of the good information are. */
static struct {
	size_t command_line, loader, module, map, acpi_old, acpi_new;
} at;

static void lay_out_multiboot2(void)
{
	begin_information();
	at.command_line = put_text_tag(TAG_COMMAND_LINE, "log=full run=ept/*");
	at.loader = put_text_tag(TAG_LOADER, "GRUB 2.06");
	begin_tag(TAG_MEMORY);
	put64(0x7c00000000000280);
	end_tag();
	at.map = begin_map();
	put_map_entry(0, 0x9fc00, 1);
	put_map_entry(0x9fc00, 0x400, 2);
	put_map_entry(MIB, 31 * MIB, 1);
	put_map_entry(32 * MIB, MIB, 1);
	put_map_entry(0xfffc0000, 0x40000, 3);
	end_tag();
	at.module = put_module_tag(3 * MIB, 3 * MIB + 441, "suite");
	put_module_tag(32 * MIB - 1, 32 * MIB + 1, "");
	begin_tag(TAG_ELF);
	put64(0);
	end_tag();
	at.acpi_old = put_text_tag(TAG_ACPI_OLD, "RSD PTR 0123456789AB");
	at.acpi_new = put_text_tag(TAG_ACPI_NEW, "RSD PTR 0123456789ABCDEFGHIJKLMNOPQ");
	end_information();
}

static bool is_in_copy(const void *pointer, size_t size)
{
	return (const uint8_t *)pointer >= copy && (const uint8_t *)pointer < copy + size;
}

/* What must hold whatever was parsed: every text ends, and lies in the information unless it is
 * empty. */
static void check_what_must_always_hold(size_t size)
{
	assert_true(boot.range_count <= BOOT_RANGES_MAX);
	assert_true(boot.module_count <= BOOT_MODULES_MAX);
	assert_true(strlen(boot.command_line) == 0 || is_in_copy(boot.command_line, size));
	assert_true(strlen(boot.loader) == 0 || is_in_copy(boot.loader, size));
	for (uint32_t i = 0; i < boot.module_count; i++)
		assert_true(strlen(boot.modules[i].name) == 0 ||
			    is_in_copy(boot.modules[i].name, size));
}

static enum boot_error parse_multiboot2(size_t limit)
{
	free(copy);
	copy = malloc(limit + !limit);
	memcpy(copy, image, limit);
	enum boot_error error = multiboot2_parse(copy, limit, &boot);
	check_what_must_always_hold(limit);
	return error;
}

static void multiboot2_information_is_read(void **state)
{
	(void)state;
	lay_out_multiboot2();
	assert_int_equal(parse_multiboot2(image_size), BOOT_OK);
	assert_string_equal(boot.protocol, "multiboot2");
	assert_string_equal(boot.command_line, "log=full run=ept/*");
	assert_string_equal(boot.loader, "GRUB 2.06");
	assert_int_equal(boot.reserved.start, (uintptr_t)copy);
	assert_int_equal(boot.reserved.size, image_size);
	assert_int_equal(boot.rsdp, (uintptr_t)copy + at.acpi_new + 8);
}

static void multiboot2_memory_and_modules_are_read(void **state)
{
	(void)state;
	lay_out_multiboot2();
	assert_int_equal(parse_multiboot2(image_size), BOOT_OK);
	assert_int_equal(boot.range_count, 3);
	assert_int_equal(boot.ranges[0].start, 0);
	assert_int_equal(boot.ranges[0].size, 0x9fc00);
	assert_int_equal(boot.ranges[1].start, MIB);
	assert_int_equal(boot.ranges[1].size, 31 * MIB);
	assert_int_equal(boot.ranges[2].start, 32 * MIB);
	assert_int_equal(boot.module_count, 2);
	assert_int_equal((uintptr_t)boot.modules[0].data, 3 * MIB);
	assert_int_equal(boot.modules[0].size, 441);
	assert_string_equal(boot.modules[0].name, "suite");
	assert_int_equal(boot.modules[1].size, 2);
	assert_string_equal(boot.modules[1].name, "");
}

static void what_a_loader_leaves_out_is_empty(void **state)
{
	(void)state;
	begin_information();
	begin_map();
	put_map_entry(MIB, MIB, 1);
	end_tag();
	end_information();
	assert_int_equal(parse_multiboot2(image_size), BOOT_OK);
	assert_string_equal(boot.command_line, "");
	assert_string_equal(boot.loader, "");
	assert_int_equal(boot.module_count, 0);
	assert_int_equal(boot.rsdp, 0);
}

static void map_entries_may_be_larger_than_known(void **state)
{
	(void)state;
	begin_information();
	begin_tag(TAG_MEMORY_MAP);
	put32(32);
	put32(0);
	put_map_entry(MIB, MIB, 1);
	put64(~0ull);
	put_map_entry(4 * MIB, 2 * MIB, 1);
	put64(~0ull);
	end_tag();
	end_information();
	assert_int_equal(parse_multiboot2(image_size), BOOT_OK);
	assert_int_equal(boot.range_count, 2);
	assert_int_equal(boot.ranges[1].start, 4 * MIB);
	assert_int_equal(boot.ranges[1].size, 2 * MIB);
}

static void the_old_acpi_tag_serves_without_the_new_one(void **state)
{
	(void)state;
	lay_out_multiboot2();
	patch32(at.acpi_new, TAG_ELF);
	assert_int_equal(parse_multiboot2(image_size), BOOT_OK);
	assert_int_equal(boot.rsdp, (uintptr_t)copy + at.acpi_old + 8);
}

static void multiboot2_information_cut_short_is_refused(void **state)
{
	(void)state;
	lay_out_multiboot2();
	for (size_t size = 0; size < image_size; size++)
		assert_int_equal(parse_multiboot2(size), BOOT_BAD_SIZE);
	for (uint32_t size = 0; size < image_size; size++) {
		patch32(0, size);
		assert_int_not_equal(parse_multiboot2(size < 8 ? 8 : size), BOOT_OK);
	}
}

static void multiboot2_with_any_word_wrong_does_no_harm(void **state)
{
	(void)state;
	lay_out_multiboot2();
	for (size_t word = 0; word + 4 <= image_size; word += 4)
		for (size_t i = 0; i < sizeof(odd_values) / sizeof *odd_values; i++) {
			lay_out_multiboot2();
			patch32(word, odd_values[i]);
			parse_multiboot2(image_size);
		}
}

static void multiboot2_with_any_bit_wrong_does_no_harm(void **state)
{
	(void)state;
	lay_out_multiboot2();
	for (size_t byte = 0; byte < image_size; byte++)
		for (unsigned bit = 0; bit < 8; bit++) {
			image[byte] ^= (uint8_t)(1 << bit);
			parse_multiboot2(image_size);
			image[byte] ^= (uint8_t)(1 << bit);
		}
}

/* Parses the good information with one word changed. */
static enum boot_error multiboot2_with(size_t where, uint32_t value)
{
	lay_out_multiboot2();
	patch32(where, value);
	return parse_multiboot2(image_size);
}

static void each_wrong_word_of_multiboot2_has_its_error(void **state)
{
	(void)state;
	lay_out_multiboot2();
	assert_int_equal(multiboot2_with(0, 7), BOOT_BAD_SIZE);
	assert_int_equal(multiboot2_with(0, (uint32_t)image_size + 1), BOOT_BAD_SIZE);
	assert_int_equal(multiboot2_with(0, 0xffffffff), BOOT_BAD_SIZE);
	assert_int_equal(multiboot2_with(0, (uint32_t)image_size - 8), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.loader + 4, 7), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.loader + 4, 0), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.loader + 4, 0xffffffff), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.loader + 4, 8), BOOT_BAD_TEXT);
	assert_int_equal(multiboot2_with(at.loader + 4, 8 + 9), BOOT_BAD_TEXT);
	assert_int_equal(multiboot2_with(at.command_line + 4, 8 + 18), BOOT_BAD_TEXT);
	assert_int_equal(multiboot2_with(at.module + 4, 15), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.module + 4, 16), BOOT_BAD_TEXT);
	assert_int_equal(multiboot2_with(at.map + 4, 15), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.map + 4, 16), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.map + 8, 0), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.map + 8, 23), BOOT_BAD_ENTRY);
	assert_int_equal(multiboot2_with(at.map + 8, 0xffffffff), BOOT_NO_MEMORY_MAP);
	assert_int_equal(multiboot2_with(at.map, TAG_ELF), BOOT_NO_MEMORY_MAP);
	assert_int_equal(multiboot2_with(at.map + 20, 0xffffffff), BOOT_OK);
}

static void a_range_past_the_last_address_is_refused(void **state)
{
	size_t third_entry;

	(void)state;
	lay_out_multiboot2();
	third_entry = at.map + 16 + 24 + 24;
	patch64(third_entry + 8, ~0ull - MIB);
	assert_int_equal(parse_multiboot2(image_size), BOOT_OK);
	patch64(third_entry + 8, ~0ull - MIB + 1);
	assert_int_equal(parse_multiboot2(image_size), BOOT_BAD_ENTRY);
}

/* --- Modules, for both protocols --- */

static enum boot_error multiboot2_with_module(uint32_t start, uint32_t end)
{
	lay_out_multiboot2();
	patch32(at.module + 8, start);
	patch32(at.module + 12, end);
	return parse_multiboot2(image_size);
}

static void a_module_must_lie_in_usable_memory(void **state)
{
	(void)state;
	assert_int_equal(multiboot2_with_module(3 * MIB, 3 * MIB), BOOT_OK);
	assert_int_equal(multiboot2_with_module(MIB, 33 * MIB), BOOT_OK);
	assert_int_equal(multiboot2_with_module(0, 0), BOOT_OK);
	assert_int_equal(multiboot2_with_module(4095, 4096), BOOT_BAD_MODULE);
	assert_int_equal(multiboot2_with_module(4096, 4097), BOOT_OK);
	assert_int_equal(multiboot2_with_module(3 * MIB, 3 * MIB - 1), BOOT_BAD_MODULE);
	assert_int_equal(multiboot2_with_module(MIB - 1, 2 * MIB), BOOT_BAD_MODULE);
	assert_int_equal(multiboot2_with_module(MIB, 33 * MIB + 4096), BOOT_BAD_MODULE);
	assert_int_equal(multiboot2_with_module(0x9f000, 0x9fc01), BOOT_BAD_MODULE);
	assert_int_equal(multiboot2_with_module(0xfffc0000, 0xffffffff), BOOT_BAD_MODULE);
}

/* QEMU's microvm with SeaBIOS: the page in which a module ends is not in the map. */
static void the_page_in_which_a_module_ends_need_not_be_usable(void **state)
{
	(void)state;
	assert_int_equal(multiboot2_with_module(MIB, 33 * MIB + 1), BOOT_OK);
	assert_int_equal(multiboot2_with_module(MIB, 33 * MIB + 4095), BOOT_OK);
	assert_int_equal(multiboot2_with_module(33 * MIB - 1, 33 * MIB + 1), BOOT_OK);
	assert_int_equal(multiboot2_with_module(33 * MIB, 33 * MIB + 1), BOOT_BAD_MODULE);
}

static void as_many_modules_and_ranges_as_are_kept(uint32_t modules, uint32_t ranges)
{
	begin_information();
	begin_map();
	for (uint32_t i = 0; i < ranges; i++)
		put_map_entry(MIB * i, MIB / 2, 1);
	end_tag();
	for (uint32_t i = 0; i < modules; i++)
		put_module_tag(4096 + i, 4096 + i + 1, "m");
	end_information();
}

static void too_many_are_refused(void **state)
{
	(void)state;
	as_many_modules_and_ranges_as_are_kept(BOOT_MODULES_MAX, BOOT_RANGES_MAX);
	assert_int_equal(parse_multiboot2(image_size), BOOT_OK);
	assert_int_equal(boot.module_count, BOOT_MODULES_MAX);
	assert_int_equal(boot.range_count, BOOT_RANGES_MAX);
	as_many_modules_and_ranges_as_are_kept(BOOT_MODULES_MAX + 1, 1);
	assert_int_equal(parse_multiboot2(image_size), BOOT_TOO_MANY);
	as_many_modules_and_ranges_as_are_kept(0, BOOT_RANGES_MAX + 1);
	assert_int_equal(parse_multiboot2(image_size), BOOT_TOO_MANY);
}

/* --- Xen, "x86/HVM direct boot ABI" --- */

#define WINDOW_AT 0x10000ull                    /* the address of the image's first byte */

enum {
	INFO_VERSION = 4, INFO_MODULE_COUNT = 12, INFO_MODULES = 16, INFO_COMMAND_LINE = 24,
	INFO_RSDP = 32, INFO_MAP = 40, INFO_MAP_COUNT = 48, INFO_SIZE = 56,

	MODULES_AT = INFO_SIZE, MODULE_SIZE = 32,
	MAP_AT = MODULES_AT + 2 * MODULE_SIZE, MAP_ENTRY_SIZE = 24,
	COMMAND_LINE_AT = MAP_AT + 3 * MAP_ENTRY_SIZE,
	NAME_AT = COMMAND_LINE_AT + sizeof("log=quiet"),
};

static void put_module_entry(uint64_t start, uint64_t size, uint64_t name)
{
	put64(start);
	put64(size);
	put64(name);
	put64(0);
}

static void lay_out_pvh(void)
{
	image_size = 0;
	put32(0x336ec578);
	put32(1);
	put32(0);
	put32(2);
	put64(WINDOW_AT + MODULES_AT);
	put64(WINDOW_AT + COMMAND_LINE_AT);
	put64(0xf59d0);
	put64(WINDOW_AT + MAP_AT);
	put32(3);
	put32(0);
	put_module_entry(2 * MIB, 77, WINDOW_AT + NAME_AT);
	put_module_entry(3 * MIB, 0, 0);
	put_map_entry(0, 0x9fc00, 1);
	put_map_entry(0xf0000, 0x10000, 2);
	put_map_entry(MIB, 31 * MIB, 1);
	put_text("log=quiet");
	put_text("suite");
}

/* The first `size` bytes of the image are all there is of memory. */
static enum boot_error parse_pvh_at(uint64_t start_info, size_t size)
{
	free(copy);
	copy = malloc(size + !size);
	memcpy(copy, image, size);
	struct physical memory = { (uintptr_t)copy - WINDOW_AT, WINDOW_AT, WINDOW_AT + size };
	enum boot_error error = pvh_parse(start_info, &memory, &boot);
	check_what_must_always_hold(size);
	return error;
}

static enum boot_error parse_pvh(void)
{
	return parse_pvh_at(WINDOW_AT, image_size);
}

static void pvh_information_is_read(void **state)
{
	(void)state;
	lay_out_pvh();
	assert_int_equal(parse_pvh(), BOOT_OK);
	assert_string_equal(boot.protocol, "PVH");
	assert_string_equal(boot.loader, "");
	assert_string_equal(boot.command_line, "log=quiet");
	assert_int_equal(boot.rsdp, 0xf59d0);
	assert_int_equal(boot.reserved.start, WINDOW_AT);
	assert_int_equal(boot.reserved.size, INFO_SIZE);
	assert_int_equal(boot.range_count, 2);
	assert_int_equal(boot.ranges[0].size, 0x9fc00);
	assert_int_equal(boot.ranges[1].start, MIB);
	assert_int_equal(boot.ranges[1].size, 31 * MIB);
	assert_int_equal(boot.module_count, 2);
	assert_int_equal((uintptr_t)boot.modules[0].data, 2 * MIB);
	assert_int_equal(boot.modules[0].size, 77);
	assert_string_equal(boot.modules[0].name, "suite");
	assert_string_equal(boot.modules[1].name, "");
}

/* A module's name, the last of all, may be missing. */
static void pvh_information_cut_short_is_refused(void **state)
{
	(void)state;
	lay_out_pvh();
	for (size_t size = 0; size < NAME_AT; size++)
		assert_int_not_equal(parse_pvh_at(WINDOW_AT, size), BOOT_OK);
	for (size_t size = NAME_AT; size < image_size; size++) {
		assert_int_equal(parse_pvh_at(WINDOW_AT, size), BOOT_OK);
		assert_string_equal(boot.modules[0].name, "");
	}
}

static void pvh_with_any_word_wrong_does_no_harm(void **state)
{
	(void)state;
	lay_out_pvh();
	for (size_t word = 0; word + 4 <= image_size; word += 4)
		for (size_t i = 0; i < sizeof(odd_values) / sizeof *odd_values; i++) {
			lay_out_pvh();
			patch32(word, odd_values[i]);
			parse_pvh();
		}
}

static void pvh_with_any_bit_wrong_does_no_harm(void **state)
{
	(void)state;
	lay_out_pvh();
	for (size_t byte = 0; byte < image_size; byte++)
		for (unsigned bit = 0; bit < 8; bit++) {
			image[byte] ^= (uint8_t)(1 << bit);
			parse_pvh();
			image[byte] ^= (uint8_t)(1 << bit);
		}
}

static void pvh_information_may_be_anywhere_and_does_no_harm(void **state)
{
	(void)state;
	lay_out_pvh();
	for (uint64_t address = WINDOW_AT - 100; address < WINDOW_AT + image_size + 100; address++)
		if (address != WINDOW_AT)
			assert_int_equal(parse_pvh_at(address, image_size), BOOT_BAD_SIZE);
	assert_int_equal(parse_pvh_at(0, image_size), BOOT_BAD_SIZE);
	assert_int_equal(parse_pvh_at(~0ull, image_size), BOOT_BAD_SIZE);
}

static enum boot_error pvh_with(size_t where, uint64_t value)
{
	lay_out_pvh();
	patch64(where, value);
	return parse_pvh();
}

static enum boot_error pvh_with_word(size_t where, uint32_t value)
{
	lay_out_pvh();
	patch32(where, value);
	return parse_pvh();
}

static void each_wrong_number_of_pvh_has_its_error(void **state)
{
	const size_t last_byte = WINDOW_AT + NAME_AT + sizeof("suite") - 1;

	(void)state;
	assert_int_equal(pvh_with_word(0, 0x336ec579), BOOT_BAD_SIZE);
	assert_int_equal(pvh_with_word(INFO_VERSION, 0), BOOT_NO_MEMORY_MAP);
	assert_int_equal(pvh_with_word(INFO_MAP_COUNT, 0), BOOT_NO_MEMORY_MAP);
	assert_int_equal(pvh_with_word(INFO_MAP_COUNT, 0xffffffff), BOOT_BAD_ENTRY);
	assert_int_equal(pvh_with(INFO_MAP, 0), BOOT_BAD_ENTRY);
	assert_int_equal(pvh_with(INFO_MAP, ~0ull), BOOT_BAD_ENTRY);
	assert_int_equal(pvh_with_word(INFO_MODULE_COUNT, 0xffffffff), BOOT_BAD_ENTRY);
	assert_int_equal(pvh_with_word(INFO_MODULE_COUNT, 1 << 27), BOOT_BAD_ENTRY);
	assert_int_equal(pvh_with(INFO_MODULES, ~0ull - 63), BOOT_BAD_ENTRY);
	assert_int_equal(pvh_with(INFO_COMMAND_LINE, 0), BOOT_OK);
	assert_int_equal(pvh_with(INFO_COMMAND_LINE, 8), BOOT_BAD_TEXT);
	assert_int_equal(pvh_with(INFO_COMMAND_LINE, ~0ull), BOOT_BAD_TEXT);
	assert_int_equal(pvh_with(INFO_COMMAND_LINE, last_byte), BOOT_OK);
	assert_int_equal(pvh_with(INFO_COMMAND_LINE, last_byte + 1), BOOT_BAD_TEXT);
	assert_int_equal(pvh_with(MODULES_AT, MIB - 1), BOOT_BAD_MODULE);
	assert_int_equal(pvh_with(MODULES_AT, ~0ull), BOOT_BAD_MODULE);
	assert_int_equal(pvh_with(MODULES_AT + 8, ~0ull), BOOT_BAD_MODULE);
	assert_int_equal(pvh_with(MODULES_AT + 8, 30 * MIB), BOOT_OK);
	assert_int_equal(pvh_with(MODULES_AT + 8, 30 * MIB + 4096), BOOT_BAD_MODULE);
	assert_int_equal(pvh_with(MAP_AT + 48 + 8, ~0ull), BOOT_BAD_ENTRY);
}

/* qboot leaves what its stack held in the place of the name's address. */
static void a_module_whose_name_cannot_be_read_has_none(void **state)
{
	(void)state;
	assert_int_equal(pvh_with(MODULES_AT + 16, 0x202000f18f5), BOOT_OK);
	assert_string_equal(boot.modules[0].name, "");
	assert_int_equal(boot.modules[0].size, 77);
	assert_int_equal(pvh_with(MODULES_AT + 16, WINDOW_AT + image_size), BOOT_OK);
	assert_string_equal(boot.modules[0].name, "");
}

/* Parses information in page 1 of a memory of two pages, whose command line is at the address. */
static enum boot_error pvh_with_command_line_at(uint64_t address)
{
	lay_out_pvh();
	patch64(INFO_COMMAND_LINE, address);
	patch64(INFO_MAP, 0);
	free(copy);
	copy = calloc(2, PAGE_SIZE);
	memcpy(copy + PAGE_SIZE, image, image_size);
	struct physical memory = { (uintptr_t)copy, 1, 2 * PAGE_SIZE };
	return pvh_parse(PAGE_SIZE, &memory, &boot);
}

static void text_in_page_0_is_refused(void **state)
{
	(void)state;
	assert_int_equal(pvh_with_command_line_at(4095), BOOT_BAD_TEXT);
	assert_int_equal(pvh_with_command_line_at(8191), BOOT_BAD_ENTRY);
}

static void every_error_has_a_text(void **state)
{
	(void)state;
	for (enum boot_error error = BOOT_OK; error <= BOOT_TOO_MANY; error++) {
		assert_true(strlen(boot_error_text(error)) > 10);
		for (enum boot_error other = BOOT_OK; other < error; other++)
			assert_string_not_equal(boot_error_text(error), boot_error_text(other));
	}
	assert_true(strlen(boot_error_text(BOOT_TOO_MANY + 1)) > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(multiboot2_information_is_read),
		cmocka_unit_test(multiboot2_memory_and_modules_are_read),
		cmocka_unit_test(what_a_loader_leaves_out_is_empty),
		cmocka_unit_test(map_entries_may_be_larger_than_known),
		cmocka_unit_test(the_old_acpi_tag_serves_without_the_new_one),
		cmocka_unit_test(multiboot2_information_cut_short_is_refused),
		cmocka_unit_test(multiboot2_with_any_word_wrong_does_no_harm),
		cmocka_unit_test(multiboot2_with_any_bit_wrong_does_no_harm),
		cmocka_unit_test(each_wrong_word_of_multiboot2_has_its_error),
		cmocka_unit_test(a_range_past_the_last_address_is_refused),
		cmocka_unit_test(a_module_must_lie_in_usable_memory),
		cmocka_unit_test(the_page_in_which_a_module_ends_need_not_be_usable),
		cmocka_unit_test(too_many_are_refused),
		cmocka_unit_test(pvh_information_is_read),
		cmocka_unit_test(pvh_information_cut_short_is_refused),
		cmocka_unit_test(pvh_with_any_word_wrong_does_no_harm),
		cmocka_unit_test(pvh_with_any_bit_wrong_does_no_harm),
		cmocka_unit_test(pvh_information_may_be_anywhere_and_does_no_harm),
		cmocka_unit_test(each_wrong_number_of_pvh_has_its_error),
		cmocka_unit_test(text_in_page_0_is_refused),
		cmocka_unit_test(a_module_whose_name_cannot_be_read_has_none),
		cmocka_unit_test(every_error_has_a_text),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	free(copy);
	return failed;
}
