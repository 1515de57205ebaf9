/* guest_entry.h -- single EPT entries of a scenario's guest, at any level, and what its author may
 * change in them (SDM vol. 3, "EPT Translation Mechanism", "EPT Misconfigurations")
 *
 * No change gives the guest memory that is not its own: the address in an entry is the engine's, an
 * entry of a table stays one of a table and an entry of a page one of a page, however illegal they
 * become.  So here tables are found by the addresses in entries, and not by what entries allow.
 */
#ifndef GUEST_ENTRY_H
#define GUEST_ENTRY_H

#include "ept/table.h"

/* True if none of the bits is an address bit on this processor, else false after skip() said so. */
bool guest_entry_takes(u64 bits);

enum guest_entry_result {
	GUEST_ENTRY_CHANGED,
	GUEST_ENTRY_MISSING,                    /* the tables end above that level */
	GUEST_ENTRY_EMPTY,                      /* it would be present, but has no address */
	GUEST_ENTRY_NO_TABLE,                   /* without bit 7 its page would be a table */
};

/* The entry that translates the address at the level; null where the tables end above it. */
u64 *guest_entry_find(const struct ept *ept, gpa_t address, enum ept_level level);

/* Clears bits of that entry, then sets bits.  guest_entry_takes() must be true for both. */
enum guest_entry_result guest_entry_change(const struct ept *ept, gpa_t address,
					   enum ept_level level, u64 clear, u64 set);

/* Makes an entry that maps a large page one of a table, whose entries map the parts of the page in
 * the same way; one that leads to a table stays.  False if no memory is free for the table. */
bool guest_entry_split(const struct ept *ept, gpa_t address, enum ept_level level);

#endif
