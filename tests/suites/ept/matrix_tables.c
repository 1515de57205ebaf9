/* matrix_tables.c -- the tests of a guest's page walk through tables that EPT maps with every
 * permission, against every kind of access
 */
#include "kernel/paging_entry.h"
#include "tests/report/test.h"
#include "tests/suites/ept/matrix.h"

/* Permissions of the page that holds one of the guest's tables, as sets. */
#define ALLOWED(permission) BIT(permission)
#define EVERY_PERMISSION    BITS(RWX, NONE)
#define EVERY_BY_MODE       BITS(2 * RWX + 1, NONE)
#define NOT_WRITABLE        (ALLOWED(R) | ALLOWED(RX))
#define VIOLATING           (NOT_WRITABLE | ALLOWED(NONE) | ALLOWED(X))

struct tables_row {
	u32 switches;                           /* enum case_switch */
	u64 clear;                              /* of the guest's flags, in each of its entries */
	u64 permissions;
};

static void try_permissions(struct matrix *matrix, u64 *leaf, u64 permissions)
{
	u64 good = *leaf;

	for (unsigned allowed = NONE; allowed <= matrix_permissions(matrix); allowed++) {
		if (!(permissions & ALLOWED(allowed)))
			continue;
		*leaf = matrix_with_permissions(matrix, good, allowed);
		matrix_try(matrix);
	}
	*leaf = good;
}

/* The guest's code is reached through the PML4 table as well, the first of them. */
static void try_tables(struct matrix *matrix, const struct tables_row *row)
{
	for (unsigned table = 0; table < matrix->tables; table++) {
		struct matrix_entry *entry = matrix_guest_entry(matrix, table);
		u64 good = entry->before;

		matrix->code_first = table == 0;
		matrix_write(entry, good & ~row->clear);
		try_permissions(matrix, matrix->table_leaf[table], row->permissions);
		matrix_write(entry, good);
	}
}

static void run_guest_tables(const struct test *test)
{
	const struct tables_row *row = test->row;
	struct matrix *matrix = matrix_start(MATRIX_LONGEST_WALK);

	if (!matrix)
		return;
	if (!matrix_offers(matrix, row->switches)) {
		matrix_skip(row->switches);
	} else {
		matrix_build(matrix, EPT_PT, row->switches);
		try_tables(matrix, row);
	}
	matrix_end(matrix);
}

#define TABLES_TEST(identifier, switches, clear, permissions, sentence, title)                     \
	static const struct tables_row identifier##_row = { switches, clear, permissions };        \
	TEST_ROW(identifier, run_guest_tables, &identifier##_row, "ept_matrix/" #identifier,       \
		 sentence, title)

TABLES_TEST(guest_tables, 0, 0, EVERY_PERMISSION,
	    "a guest's page walk through tables of every permission ends as the model says",
	    "EPT Violations");
TABLES_TEST(guest_tables_with_flags, CASE_EPT_FLAGS_ENABLED, 0, EVERY_PERMISSION & ~VIOLATING,
	    "with accessed and dirty flags for EPT a walk may use tables that may be written",
	    "Accessed and Dirty Flags for EPT");
TABLES_TEST(refused_guest_tables_with_flags, CASE_EPT_FLAGS_ENABLED, 0, VIOLATING,
	    "with accessed and dirty flags for EPT a walk is a write to the guest's tables",
	    "Accessed and Dirty Flags for EPT");
TABLES_TEST(guest_flags, 0, PAGING_FLAGS, EVERY_PERMISSION & ~NOT_WRITABLE,
	    "a walk that must set the guest's accessed and dirty flags ends as the model says",
	    "EPT Violations");
TABLES_TEST(refused_guest_flags, 0, PAGING_FLAGS, NOT_WRITABLE,
	    "a walk may not set the guest's flags in a table that may not be written",
	    "EPT Violations");
TABLES_TEST(guest_flags_with_flags, CASE_EPT_FLAGS_ENABLED, PAGING_FLAGS,
	    EVERY_PERMISSION & ~VIOLATING,
	    "flags of EPT and of the guest's tables are set by the same walk",
	    "Accessed and Dirty Flags for EPT");
TABLES_TEST(guest_tables_by_mode, CASE_EXECUTE_BY_MODE, 0, EVERY_BY_MODE,
	    "with mode-based execute control a walk through tables of every permission ends as the "
	    "model says",
	    "EPT Violations");
