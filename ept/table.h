/* table.h -- the EPT paging structures of one VM (SDM vol. 3, "EPT Translation Mechanism")
 *
 * Nothing here invalidates what the processor has cached: the caller must use INVEPT for that.
 * Tables are never freed one by one, but all at once with the VM (kernel/memory.h).
 */
#ifndef TABLE_H
#define TABLE_H

#include "ept/entry.h"
#include "kernel/memory.h"

struct ept {
	u64 *root;
	enum ept_level top;                     /* the root's level: EPT_PML4 or EPT_PML5 */
	const u64 *shared, *shared_end;         /* tables in between belong to other EPTs as well */
};

/* Tables that translate nothing. */
static inline struct ept ept_new(enum ept_level top)
{
	return (struct ept){ .root = page_alloc(), .top = top };
}

/* The same tables with a PML5 table above them. */
struct ept ept_with_level_5(const struct ept *ept);

/* A copy that translates the same addresses, and shares no table with the original. */
struct ept ept_copy(const struct ept *ept);

/* The entry that translates the address at the level.  Tables above it are made where they are
 * missing, and copied where they are shared.  Null if a larger page stands in the way. */
u64 *ept_make(const struct ept *ept, gpa_t address, enum ept_level level);

/* The entry that ends the translation of the address: it maps a page, or is not present.  Fills in
 * its level. */
u64 *ept_last(const struct ept *ept, gpa_t address, enum ept_level *level);

/* Goes from a table of the level to the table below it that the address leads to; false if there is
 * none. */
static inline bool ept_descend(u64 **table, gpa_t address, enum ept_level level)
{
	u64 entry = (*table)[ept_index(address, level)];

	*table = ept_table_at(entry);
	return ept_is_present(entry) && !ept_is_leaf(entry, level);
}

/* The entry that translates the address at the level, PML4 at most; null if the translation ends
 * above it.  It is inline and without a loop, as it is on the path of every violation that is
 * answered. */
static inline u64 *ept_find(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *table = ept->root;

	if (ept->top == EPT_PML5 && !ept_descend(&table, address, EPT_PML5))
		return NULL;
	if (level < EPT_PML4 && !ept_descend(&table, address, EPT_PML4))
		return NULL;
	if (level < EPT_PDPT && !ept_descend(&table, address, EPT_PDPT))
		return NULL;
	if (level < EPT_PD && !ept_descend(&table, address, EPT_PD))
		return NULL;
	return &table[ept_index(address, level)];
}

#endif
