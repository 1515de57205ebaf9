/* case_build.h -- builds a case in memory: writes its entries and the guest's code */
#ifndef CASE_BUILD_H
#define CASE_BUILD_H

#include "tests/suites/cases/case_code.h"
#include "tests/suites/cases/case_memory.h"

/* Writes the entries of the case and lists them in memory->entries.  case_restore() gives every
 * listed entry the value that it had before, and must follow before the next case is built. */
void case_build(struct case_memory *memory, const struct test_case *test_case);
void case_restore(struct case_memory *memory);

static inline u64 case_entry_read(const struct case_entry *entry)
{
	return entry->size == sizeof(u32) ? *(u32 *)entry->place : *(u64 *)entry->place;
}
static inline void case_entry_write(const struct case_entry *entry, u64 value)
{
	if (entry->size == sizeof(u32))
		*(u32 *)entry->place = (u32)value;
	else
		*(u64 *)entry->place = value;
}

/* The guest's entry of a level, in its page walk to CASE_DATA (part 0) or CASE_OTHER_DATA (1). */
void *case_guest_entry(const struct case_memory *memory, const struct test_case *test_case,
		       unsigned level, unsigned part);

/* After the access: notes in `after` what it made of every entry, and undoes it. */
void case_undo_access(struct case_memory *memory);
/* Gives every entry the value that it had before the access. */
void case_rewind(const struct case_memory *memory);

static inline void case_write_code(struct case_memory *memory, const struct case_code *code)
{
	__builtin_memcpy(memory->code, code->bytes, sizeof(code->bytes));
}

#endif
