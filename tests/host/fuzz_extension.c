/* fuzz_extension.c -- no extension, however odd its header, harms the kernel before its code runs
 * links: tests/module/extension.c tests/module/module.c kernel/print.c
 */
#include "tests/host/extension_exercise.h"

/* Tries the input as part of a whole extension for this kernel: else nearly every input would fail
 * at its magic. */
static void try_whole(const u8 *data, size_t size)
{
	size_t whole = sizeof(struct extension_header) + size + sizeof(struct file_trailer);
	struct extension_header *header = calloc(1, whole);

	memcpy(header, data, size);
	memcpy(header->magic, EXTENSION_MAGIC, MAGIC_SIZE);
	header->version = EXTENSION_VERSION;
	header->size = (u32)whole;
	header->kernel = kernel_identity;
	header->address = (u64)image_room;
	memcpy((u8 *)header + whole - MAGIC_SIZE, "ENILPART", MAGIC_SIZE);
	extension_verdict(header, whole);
	free(header);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (size == 0)
		return 0;
	extension_verdict(data, size);
	try_whole(data, size);
	return 0;
}
