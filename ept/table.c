/* table.c -- EPT paging structures: made, copied, searched */
#include "ept/table.h"
#include "kernel/memory.h"
#include "kernel/string.h"

#define ENTRIES (PAGE_SIZE / sizeof(u64))

struct ept ept_with_level_5(const struct ept *ept)
{
	struct ept higher = *ept;

	higher.root = page_alloc();
	higher.root[0] = ept_branch(ept->root);
	higher.top = EPT_PML5;
	return higher;
}

/* The table that the entry leads to; if other EPTs share it, the entry gets a copy of its own. */
static u64 *own_table_at(const struct ept *ept, u64 *entry)
{
	u64 *table = ept_table_at(*entry);

	if (table >= ept->shared && table < ept->shared_end) {
		table = memcpy(page_alloc_dirty(), table, PAGE_SIZE);
		*entry = (*entry & ~EPT_ADDRESS) | (u64)table;
	}
	return table;
}

static u64 *table_copy(const u64 *table, enum ept_level level)
{
	u64 *copy = memcpy(page_alloc_dirty(), table, PAGE_SIZE);

	for (u64 *entry = copy; entry < copy + ENTRIES; entry++)
		if (ept_is_present(*entry) && !ept_is_leaf(*entry, level))
			*entry = ept_branch(table_copy(ept_table_at(*entry), level - 1));
	return copy;
}

struct ept ept_copy(const struct ept *ept)
{
	return (struct ept){ .root = table_copy(ept->root, ept->top), .top = ept->top };
}

u64 *ept_make(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *table = ept->root;

	for (enum ept_level above = ept->top; above > level; above--) {
		u64 *entry = &table[ept_index(address, above)];

		if (!ept_is_present(*entry))
			*entry = ept_branch(page_alloc());
		else if (ept_is_leaf(*entry, above))
			return NULL;
		table = own_table_at(ept, entry);
	}
	return &table[ept_index(address, level)];
}

u64 *ept_last(const struct ept *ept, gpa_t address, enum ept_level *level)
{
	u64 *entry = &ept->root[ept_index(address, ept->top)];

	*level = ept->top;
	while (ept_is_present(*entry) && !ept_is_leaf(*entry, *level)) {
		--*level;
		entry = &ept_table_at(*entry)[ept_index(address, *level)];
	}
	return entry;
}
