/* table.h -- the EPT paging structures of one VM (SDM vol. 3, "EPT Translation Mechanism")
 *
 * Nothing here invalidates what the processor has cached: that is INVEPT's work and the caller's.
 */
#ifndef TABLE_H
#define TABLE_H

#include "ept/entry.h"

struct ept {
	u64 *root;                              /* the PML4 table */
};

/* Tables that translate nothing. */
struct ept ept_new(void);

/* The entry that translates the address at the level, with the tables above it made where they are
 * missing; null where a larger page stands in the way. */
u64 *ept_make(const struct ept *ept, gpa_t address, enum ept_level level);

/* The same without making anything: null where the tables above stop before that level. */
u64 *ept_find(const struct ept *ept, gpa_t address, enum ept_level level);

#endif
