/* extension_exercise.h -- loads an extension as the plan does: whatever extension_check() let
 * through must be safe to load, which the sanitizers judge
 */
#ifndef EXTENSION_EXERCISE_H
#define EXTENSION_EXERCISE_H

#include <stdlib.h>
#include <string.h>

#include "drivers/serial.h"
#include "kernel/image.h"
#include "kernel/paging.h"
#include "tests/module/extension.h"

#define IDENTITY 0x0123456789abcdefull

const u64 kernel_identity = IDENTITY;

/* In place of what linker.ld leaves free. */
__attribute__((aligned(PAGE_SIZE))) u8 image_room[EXTENSION_ROOM];

/* What was loaded last. */
static struct image loaded;

/* The same fact twice, said apart from extension.c. */
static inline void extension_must(bool holds)
{
	if (!holds)
		abort();
}

/* Nothing stays loaded here. */
bool image_add(const struct image *image)
{
	loaded = *image;
	return true;
}

void paging_map(const struct image *image)
{
	extension_must(memcmp(image, &loaded, sizeof(loaded)) == 0);
}

/* kernel/print.c would send to the serial line what nobody here prints. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

static inline u64 sum_of(const void *start, const void *end)
{
	u64 sum = 0;

	extension_must((const u8 *)start >= loaded.rodata && (const u8 *)end <= loaded.data);
	for (const u8 *at = start; at < (const u8 *)end; at++)
		sum += *at;
	return sum;
}

static inline void must_be_pages(const u8 *start, const u8 *end)
{
	extension_must(start <= end && (start - image_room) % PAGE_SIZE == 0);
}

static inline u64 extension_exercise(const struct extension_header *header)
{
	struct test_table tests = extension_tests(header);
	u64 sum = 0;

	extension_load(header);
	extension_must(memcmp(image_room, header, header->size) == 0);
	must_be_pages(loaded.text, loaded.user);
	must_be_pages(loaded.user, loaded.rodata);
	must_be_pages(loaded.rodata, loaded.data);
	must_be_pages(loaded.data, loaded.end);
	must_be_pages(loaded.end, image_room + EXTENSION_ROOM);
	for (const u8 *at = image_room + header->size; at < loaded.end; at++)
		extension_must(*at == 0);
	for (const struct fixup *fixup = loaded.fixups; fixup < loaded.fixups_end; fixup++)
		sum += fixup->at + fixup->go_on_at;
	for (const struct test *test = tests.start; test < tests.end; test++)
		sum += (u64)test->name + (u64)test->run;
	extension_must(tests.start <= tests.on_request && tests.on_request <= tests.end);
	return sum + sum_of(loaded.fixups, loaded.fixups_end)
		+ sum_of(loaded.symbols, loaded.symbols_end) + sum_of(tests.start, tests.end);
}

/* "good", or the reason; in memory of exactly that size, so that a byte too far is seen. */
static inline const char *extension_verdict(const void *bytes, u64 size)
{
	static char reason[256];
	u8 *copy = calloc(size ? size : 1, 1);
	volatile u64 sum = 0;

	memcpy(copy, bytes, size);
	reason[0] = 0;
	const char *refused = extension_check(copy, size, reason, sizeof(reason));
	if (refused)
		extension_must(refused == reason && reason[0] != 0);
	else
		sum += extension_exercise((const void *)copy);
	(void)sum;
	free(copy);
	return refused ? refused : "good";
}

#endif
