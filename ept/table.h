/* table.h -- the EPT paging structures of one VM (SDM vol. 3, "EPT Translation Mechanism")
 *
 * Nothing here invalidates what the processor has cached: that is INVEPT's work and the caller's.
 * Tables are never given back one by one, but all at once with the VM (kernel/memory.h).
 */
#ifndef TABLE_H
#define TABLE_H

#include "ept/entry.h"

struct ept {
	u64 *root;
	enum ept_level top;                     /* of the root: EPT_PML4, or EPT_PML5 */
};

/* Tables that translate nothing. */
struct ept ept_new(enum ept_level top);

/* The entry that translates the address at the level, with the tables above it made where they are
 * missing; null where a larger page stands in the way. */
u64 *ept_make(const struct ept *ept, gpa_t address, enum ept_level level);

/* The entry with which the address's translation ends, a leaf or not present, and its level. */
u64 *ept_last(const struct ept *ept, gpa_t address, enum ept_level *level);

/* The entry that translates the address at the level; null where the tables above end before. */
u64 *ept_find(const struct ept *ept, gpa_t address, enum ept_level level);

#endif
