#include "ept/table.h"
#include "kernel/memory.h"
#include "kernel/string.h"

struct ept ept_new(enum ept_level top)
{
	return (struct ept){ page_alloc(), top };
}

static void make_own(u64 *entry)
{
	const u64 *shared = ept_table_at(*entry);

	*entry = ept_branch(memcpy(page_alloc_dirty(), shared, PAGE_SIZE));
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
