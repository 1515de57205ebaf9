/* module.c -- finds the files in a module, and tells which of them are whole */
#include "tests/module/module.h"

#include <stdarg.h>

#include "kernel/bytes.h"
#include "kernel/print.h"

const struct boot_info *boot_of_run;

#define LEAST_SIZE (sizeof(struct file_header) + sizeof(struct file_trailer))

/* Compares all characters as one number, as the plan looks at every file before the first test
 * runs. */
static bool is_magic(const u8 *at, const char *magic)
{
	return read64(at) == read64(magic);
}

static bool begins_a_file(const u8 *at)
{
	return is_magic(at, SCENARIO_MAGIC) || is_magic(at, EXTENSION_MAGIC);
}

static bool ends_in_trailer(const u8 *start, u64 size)
{
	return __builtin_bswap64(read64(start + size - MAGIC_SIZE)) == read64(start);
}

/* Whether a file begins here, and its trailer stands where its header says. */
static bool is_whole(const u8 *start, u64 available)
{
	const struct file_header *header = (const void *)start;

	return available >= LEAST_SIZE && begins_a_file(start) && header->size >= LEAST_SIZE
		&& header->size <= available && ends_in_trailer(start, header->size);
}

/* The bytes up to the next magic from the second byte on; all of them if there is none. */
static u64 distance_to_next(const u8 *start, u64 available)
{
	for (u64 distance = 1; distance + MAGIC_SIZE <= available; distance++)
		if (begins_a_file(start + distance))
			return distance;
	return available;
}

/* The size of what begins here: a whole file, or bytes that are none up to the next file. */
static inline u64 file_extent(const u8 *start, u64 available)
{
	if (is_whole(start, available))
		return ((const struct file_header *)start)->size;
	return distance_to_next(start, available);
}

bool module_next(const u8 *module, u64 size, unsigned number, u64 *offset,
		 struct module_file *file)
{
	u64 here = *offset;

	bool is_empty_module = size == 0 && here == 0;

	if (here >= size && !is_empty_module)
		return false;
	*file = (struct module_file){ &module[here], size - here, number, here };
	file->available = file_extent(file->start, file->available);
	*offset = is_empty_module ? 1 : here + file->available;
	return true;
}

u64 module_count(const u8 *module, u64 size)
{
	u64 count = size == 0;

	for (u64 offset = 0; offset < size; count++)
		offset += file_extent(&module[offset], size - offset);
	return count;
}

bool module_file_is(const struct module_file *file, const char *magic)
{
	return file->available >= MAGIC_SIZE && is_magic(file->start, magic);
}

bool refuse(const struct refusal *refusal, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_list_into(refusal->text, refusal->size, format, arguments);
	va_end(arguments);
	return false;
}

bool file_is_whole(const struct file_kind *kind, const u8 *start, u64 available,
		   const struct refusal *refusal)
{
	const struct file_header *header = (const void *)start;
	u64 least = kind->header_size + sizeof(struct file_trailer);

	if (available == 0)
		return refuse(refusal, "the module is empty");
	if (available < MAGIC_SIZE || !is_magic(start, kind->magic))
		return refuse(refusal, "no %s here: %lu bytes without the word %s",
			      kind->noun, available, kind->magic);
	if (available < least)
		return refuse(refusal, "cut off: %lu bytes, and header and trailer alone take %lu",
			      available, least);
	if (header->version != kind->version)
		return refuse(refusal, "version %u, this kernel takes version %u",
			      header->version, kind->version);
	if (header->size < least)
		return refuse(refusal, "by the header %u bytes, "
			      "and header and trailer alone take %lu", header->size, least);
	if (header->size > available)
		return refuse(refusal, "cut off: the header says %u bytes, %lu are here",
			      header->size, available);
	if (!ends_in_trailer(start, header->size))
		return refuse(refusal, "no trailer at %#lx, where by the header it is",
			      header->size - sizeof(struct file_trailer));
	return true;
}
