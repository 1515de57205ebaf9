#include "ept/table.h"
#include "kernel/memory.h"
#include "kernel/string.h"

#define ENTRIES (PAGE_SIZE / sizeof(u64))

struct ept ept_new(enum ept_level top)
{
	return (struct ept){ page_alloc(), top };
}

static void make_own(u64 *entry)
{
	const u64 *shared = ept_table_at(*entry);

	*entry = ept_branch(memcpy(page_alloc_dirty(), shared, PAGE_SIZE));
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
	return (struct ept){ table_copy(ept->root, ept->top), ept->top };
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
		else if (*entry & EPT_SHARED)
			make_own(entry);
		table = ept_table_at(*entry);
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
