/* extension.h -- tests in C that are loaded as scenarios are: build/suites.bin
 *
 *      header | code | code for CPL 3 | constants, fix-ups, symbols, tests | data | trailer
 *
 * A file of a module (tests/module/module.h), linked to run in image_room and to call the
 * functions of one kernel.  Offsets count from the file's start; those of parts are multiples of
 * PAGE_SIZE, and those of tables are not.
 */
#ifndef EXTENSION_H
#define EXTENSION_H

#include "kernel/types.h"
#include "tests/module/module.h"
#include "tests/report/test.h"
#include "vmx/exit.h"

#define EXTENSION_VERSION 2
#define EXTENSION_ROOM    (1ul << 20)   /* that of image_room (kernel/image.h) */

struct extension_header {               /* begins as every struct file_header */
	char magic[8];                  /* "TRAPLINE" */
	u16  version, spare;
	u32  size;                      /* of the whole file, trailer included */
	u64  kernel;                    /* the kernel_identity of the kernel it was linked for */
	u64  address;                   /* where it runs */
	u32  memory_size;               /* whole pages; what the file does not fill is 0 */
	u32  user, rodata, data;        /* the parts of struct image */
	u32  explain_entry;             /* an explain_entry_t */
	u32  fixups, fixups_end;
	u32  symbols, symbols_end;
	u32  tests, tests_on_request, tests_end;
} ANYWHERE;

_Static_assert(sizeof(struct extension_header) == 80, "as in tests/suites/extension/extension.asm");

/* Checks the whole header.  Returns null if it is good, else the reason in plain words (`reason`).
 * What follows the header is code made for this kernel, and trusted as the kernel itself is. */
const char *extension_check(const u8 *start, u64 available, char *reason, size_t reason_size);

/* Both take an extension that was checked.  Its tests may be read only once it is loaded; loading
 * it again does nothing. */
struct test_table extension_tests(const struct extension_header *header);
void              extension_load(const struct extension_header *header);

/* Writes lines of the report about a VM entry that was refused: which rules it violates, by the
 * model of VM entry, which is a part of the extension.  The VMCS is current. */
typedef void explain_entry_t(const struct exit *exit);

/* That of the extension; null as long as none is loaded. */
explain_entry_t *extension_explain_entry(void);

#endif
