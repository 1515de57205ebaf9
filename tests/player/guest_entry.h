/* guest_entry.h -- single EPT entries of a scenario's guest, at any level, and what its author may
 * change in them (SDM vol. 3, "EPT Translation Mechanism", "EPT Misconfigurations")
 *
 * No change leads the guest to memory that is not its own: where an entry leads is the engine's, a
 * table stays a table and a page a page, however illegal their entries become.  Because of that
 * tables are found here by their addresses, and not by what the entries allow.
 */
#ifndef GUEST_ENTRY_H
#define GUEST_ENTRY_H

#include "ept/table.h"

/* False after skip() said that this processor has memory at the address these bits would add. */
bool guest_entry_takes(u64 bits);

enum guest_entry_result {
	GUEST_ENTRY_CHANGED,
	GUEST_ENTRY_MISSING,                    /* the tables end above that level */
	GUEST_ENTRY_EMPTY,                      /* would be present, but leads nowhere */
	GUEST_ENTRY_NO_TABLE,                   /* bit 7 cleared: a page would be a table */
};

/* The entry that translates the address at the level; null where the tables end above it. */
u64 *guest_entry_find(const struct ept *ept, gpa_t address, enum ept_level level);

/* Clears bits of that entry, then sets bits; guest_entry_takes() both. */
enum guest_entry_result guest_entry_change(const struct ept *ept, gpa_t address,
					   enum ept_level level, u64 clear, u64 set);

#endif
