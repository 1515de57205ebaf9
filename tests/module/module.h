/* module.h -- what boot modules are made of: files, put end to end
 *
 * A file begins with a word that says its kind and with its size, and ends with that word written
 * backwards: one that was cut off is noticed, whatever follows it.
 */
#ifndef MODULE_H
#define MODULE_H

#include "kernel/types.h"

#define SCENARIO_MAGIC  "SCENARIO"              /* tests/script/script.h */
#define EXTENSION_MAGIC "TRAPLINE"              /* tests/module/extension.h */
#define MAGIC_SIZE      8

/* Files put end to end are not padded, so these may lie at any address. */
#define ANYWHERE __attribute__((packed))

/* What the header of every kind begins with. */
struct file_header {
	char magic[MAGIC_SIZE];
	u16  version, spare;
	u32  size;                      /* of the whole file, trailer included */
} ANYWHERE;

struct file_trailer {
	char magic[MAGIC_SIZE];
};

/* What may be a file. */
struct module_file {
	const u8 *start;
	u64       available;            /* bytes up to the next file or the module's end */
	unsigned  module;               /* its number, and where in it this starts */
	u64       offset;
};

/* Finds the file at or after *offset and moves *offset past it; false at the module's end.
 * What is no whole file is found too, once up to the next magic, for the check of its kind to
 * refuse.  An empty module is one find of zero bytes. */
bool module_next(const u8 *module, u64 size, unsigned number, u64 *offset,
		 struct module_file *file);

/* How many it finds in the module. */
u64 module_count(const u8 *module, u64 size);

/* Whether the file begins with the magic. */
bool module_file_is(const struct module_file *file, const char *magic);

/* Where to say why a file is refused. */
struct refusal {
	char  *text;
	size_t size;
};

/* Writes the reason; false. */
__attribute__((format(printf, 2, 3)))
bool refuse(const struct refusal *refusal, const char *format, ...);

struct file_kind {
	const char *noun, *magic;
	u16 version;
	u64 header_size;
};

/* Whether magic, version, size and trailer are right, so that the header may be read. */
bool file_is_whole(const struct file_kind *kind, const u8 *start, u64 available,
		   const struct refusal *refusal);

#endif
