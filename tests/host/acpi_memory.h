/* acpi_memory.h -- memory that ACPI's tables are laid out in; included after <cmocka.h>
 *
 * Who includes it says before how large it is: MEMORY_SIZE.  The address sanitizer guards its end.
 */
#ifndef ACPI_MEMORY_H
#define ACPI_MEMORY_H

#include <stdlib.h>
#include <string.h>

static uint8_t *memory;

static inline void patch(size_t at, const void *bytes, size_t size)
{
	memcpy(memory + at, bytes, size);
}

static inline void patch8(size_t at, uint8_t value) { memory[at] = value; }
static inline void patch32(size_t at, uint32_t value) { patch(at, &value, sizeof(value)); }
static inline void patch64(size_t at, uint64_t value) { patch(at, &value, sizeof(value)); }

/* Sets the checksum at [at + where] so that size bytes sum to 0. */
static inline void sum(size_t at, size_t size, size_t where)
{
	uint8_t total = 0;

	memory[at + where] = 0;
	for (size_t i = 0; i < size; i++)
		total = (uint8_t)(total + memory[at + i]);
	memory[at + where] = (uint8_t)-total;
}

/* For cmocka: before and after all tests. */
static int make_memory(void **state)
{
	(void)state;
	memory = malloc(MEMORY_SIZE);
	return memory == NULL;
}

static int free_memory(void **state)
{
	(void)state;
	free(memory);
	return 0;
}

#endif
