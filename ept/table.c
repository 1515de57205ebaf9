#include "ept/table.h"
#include "kernel/memory.h"

struct ept ept_new(void)
{
	return (struct ept){ page_alloc() };
}

u64 *ept_make(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *table = ept->root;

	for (enum ept_level above = EPT_PML4; above > level; above--) {
		u64 *entry = &table[ept_index(address, above)];

		if (!ept_is_present(*entry))
			*entry = ept_branch(page_alloc());
		else if (ept_is_leaf(*entry, above))
			return NULL;
		table = ept_table_at(*entry);
	}
	return &table[ept_index(address, level)];
}

u64 *ept_find(const struct ept *ept, gpa_t address, enum ept_level level)
{
	u64 *table = ept->root;

	for (enum ept_level above = EPT_PML4; above > level; above--) {
		u64 entry = table[ept_index(address, above)];

		if (!ept_is_present(entry) || ept_is_leaf(entry, above))
			return NULL;
		table = ept_table_at(entry);
	}
	return &table[ept_index(address, level)];
}
