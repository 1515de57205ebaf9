/* extension.c -- checks an extension's header, and loads the extension beside the kernel */
#include "tests/module/extension.h"

#include "kernel/image.h"
#include "kernel/paging.h"
#include "kernel/string.h"

static const struct file_kind kind = {
	.noun = "extension", .magic = EXTENSION_MAGIC, .version = EXTENSION_VERSION,
	.header_size = sizeof(struct extension_header),
};

static bool is_for_this_kernel(const struct extension_header *header, const struct refusal *refusal)
{
	if (header->kernel != kernel_identity)
		return refuse(refusal, "suites.bin was built for another kernel: "
			      "identity %#lx, this kernel is %#lx",
			      header->kernel, kernel_identity);
	if (header->address != (u64)image_room)
		return refuse(refusal, "linked for address %#lx, but its place is %#lx",
			      header->address, (u64)image_room);
	return true;
}

static bool memory_is_good(const struct extension_header *header, const struct refusal *refusal)
{
	if (header->memory_size % PAGE_SIZE || header->memory_size < header->size)
		return refuse(refusal, "takes %u bytes of memory, "
			      "not whole pages that hold its %u bytes",
			      header->memory_size, header->size);
	if (header->memory_size > EXTENSION_ROOM)
		return refuse(refusal, "takes %u bytes of memory, and there is room for %lu",
			      header->memory_size, EXTENSION_ROOM);
	return true;
}

static bool parts_are_good(const struct extension_header *header, const struct refusal *refusal)
{
	const struct {
		const char *name;
		u32 start, least;
	} parts[] = {
		{ "code for CPL 3", header->user, sizeof(*header) },
		{ "constants", header->rodata, header->user },
		{ "data", header->data, header->rodata },
	};

	for (size_t i = 0; i < COUNT(parts); i++) {
		if (parts[i].start % PAGE_SIZE || parts[i].start < parts[i].least)
			return refuse(refusal, "%s at %#x, not a page's start from %#x on",
				      parts[i].name, parts[i].start, parts[i].least);
	}
	if (header->data > header->size - sizeof(struct file_trailer))
		return refuse(refusal, "data at %#x, past the file's end", header->data);
	return true;
}

/* It must be code that the kernel runs. */
static bool functions_are_good(const struct extension_header *header, const struct refusal *refusal)
{
	if (header->explain_entry < sizeof(*header) || header->explain_entry >= header->user)
		return refuse(refusal, "explains VM entries at %#x, "
			      "outside of the code at %#lx to %#x",
			      header->explain_entry, sizeof(*header), header->user);
	return true;
}

/* Each table must lie in the constants, which nothing can change once they are mapped. */
static bool tables_are_good(const struct extension_header *header, const struct refusal *refusal)
{
	const struct {
		const char *name;
		u32 start, end;
		size_t row_size;
	} tables[] = {
		{ "fix-ups", header->fixups, header->fixups_end, sizeof(struct fixup) },
		{ "symbols", header->symbols, header->symbols_end, sizeof(struct symbol) },
		{ "tests", header->tests, header->tests_on_request, sizeof(struct test) },
		{ "tests on request", header->tests_on_request, header->tests_end,
		  sizeof(struct test) },
	};

	for (size_t i = 0; i < COUNT(tables); i++) {
		u32 start = tables[i].start, end = tables[i].end;

		if (start < header->rodata || end < start || end > header->data)
			return refuse(refusal, "%s at %#x to %#x, "
				      "outside of the constants at %#x to %#x",
				      tables[i].name, start, end, header->rodata, header->data);
		if (start % sizeof(u64) || (end - start) % tables[i].row_size)
			return refuse(refusal, "%s at %#x to %#x, not aligned rows of %lu bytes",
				      tables[i].name, start, end, tables[i].row_size);
	}
	return true;
}

const char *extension_check(const u8 *start, u64 available, char *reason, size_t reason_size)
{
	const struct extension_header *header = (const void *)start;
	const struct refusal refusal = { reason, reason_size };

	if (!file_is_whole(&kind, start, available, &refusal)
	    || !is_for_this_kernel(header, &refusal) || !memory_is_good(header, &refusal)
	    || !parts_are_good(header, &refusal) || !functions_are_good(header, &refusal)
	    || !tables_are_good(header, &refusal))
		return reason;
	return NULL;
}

/* Where the byte at an offset of the file is once the file is loaded. */
static const void *at(u32 offset)
{
	return &image_room[offset];
}

struct test_table extension_tests(const struct extension_header *header)
{
	return (struct test_table){
		.start = at(header->tests), .on_request = at(header->tests_on_request),
		.end = at(header->tests_end),
	};
}

static explain_entry_t *explain_entry;

explain_entry_t *extension_explain_entry(void)
{
	return explain_entry;
}

void extension_load(const struct extension_header *header)
{
	const struct image image = {
		.text = at(0), .user = at(header->user), .rodata = at(header->rodata),
		.data = at(header->data), .end = at(header->memory_size),
		.fixups = at(header->fixups), .fixups_end = at(header->fixups_end),
		.symbols = at(header->symbols), .symbols_end = at(header->symbols_end),
	};

	if (!image_add(&image))                         /* it is loaded already */
		return;
	memcpy(image_room, header, header->size);
	memset(image_room + header->size, 0, header->memory_size - header->size);
	paging_map(&image);
	explain_entry = (explain_entry_t *)(u64)at(header->explain_entry);
}
