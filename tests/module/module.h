/* module.h -- what boot modules are made of: files, put end to end
 *
 * A file begins with a word that names its kind, then its size, and it ends with the same word
 * written backwards: a file that was cut off is noticed even if another one follows it.
 */
#ifndef MODULE_H
#define MODULE_H

#include "kernel/boot_info.h"
#include "kernel/types.h"

#define SCENARIO_MAGIC  "SCENARIO"              /* tests/script/script.h */
#define EXTENSION_MAGIC "TRAPLINE"              /* tests/module/extension.h */
#define MAGIC_SIZE      8

/* For structs in a file: nothing is padded between files, so they may lie at any address. */
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

/* A piece of a module that may be a file. */
struct module_file {
	const u8 *start;
	u64       available;            /* bytes up to the next piece or the module's end */
	unsigned  module;               /* the module's number, from 1 */
	u64       offset;               /* where in the module the piece starts */
};

/* What was booted with this kernel, its modules among it. */
extern const struct boot_info *boot_of_run;

/* Finds the piece at *offset and moves *offset past it; false at the module's end.  Bytes that are
 * no whole file are a piece as well, up to the next magic, so that a check can refuse them.  An
 * empty module has one piece of no bytes. */
bool module_next(const u8 *module, u64 size, unsigned number, u64 *offset,
		 struct module_file *file);

/* How many pieces module_next() finds in the module. */
u64 module_count(const u8 *module, u64 size);

/* Whether the piece begins with the magic. */
bool module_file_is(const struct module_file *file, const char *magic);

/* Where a check writes why it refuses a file. */
struct refusal {
	char  *text;
	size_t size;
};

/* Writes the reason.  Returns false, as the check does then. */
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
