/* matrix.h -- one page of a guest that is accessed again and again, while entries are changed
 *
 * An ordinary case (tests/suites/cases) is built, and stays built: between two accesses a test only
 * writes the entries that it is about, as to build every case anew costs almost four times as many
 * instructions.  The model judges how each access ended (tests/model, written from the SDM; it
 * shares no code with the engine).
 */
#ifndef MATRIX_H
#define MATRIX_H

#include "tests/suites/cases/case_code.h"
#include "tests/suites/cases/case_run.h"

#define MATRIX_TABLES  4                        /* of the guest, PML4 to PT */
#define MATRIX_ENTRIES (CASE_EPT_LEVELS + MATRIX_TABLES)

struct matrix_entry {
	u64 *place;
	u64 ordinary;                           /* the value in the case as it was built */
	u64 before;                             /* the value before each access */
};

struct matrix {
	struct case_machine machine;
	struct model model;
	struct test_case cases[CASE_ACCESSES];  /* one for each kind of access to the page */
	struct model_access accesses[CASE_ACCESSES];
	const struct case_code *code[CASE_ACCESSES];
	unsigned tables;                        /* how many tables the guest's page walk reads */
	unsigned entry_count;
	struct matrix_entry entries[MATRIX_ENTRIES];
	u64 *table_leaf[MATRIX_TABLES];         /* the EPT entries that map these tables */
	bool code_first;                        /* the fetch of the code may be what exits */
	unsigned accesses_tried;                /* bits by enum model_access_kind */
	bool judges_misconfiguration;           /* by its qualification as well */
	u64 tried, disagreements;
	struct test_case disagreement;          /* the first */
};

/* The entries that map the page: those of EPT by level, and the guest's by the number of the table
 * on its page walk, which begins with the PML4 table. */
static inline struct matrix_entry *matrix_ept_entry(struct matrix *matrix, unsigned level)
{
	return &matrix->entries[level - EPT_PT];
}
static inline struct matrix_entry *matrix_guest_entry(struct matrix *matrix, unsigned table)
{
	return &matrix->entries[CASE_EPT_LEVELS + table];
}

/* How long the guest's own page walk is: the model's share of the cost grows with it. */
enum matrix_walk { MATRIX_SHORTEST_WALK, MATRIX_LONGEST_WALK };

/* Starts the VM; null after skip() if that is not possible.  The end reports how many cases there
 * were, and the first on which model and processor disagree. */
struct matrix *matrix_start(enum matrix_walk walk);
void matrix_end(struct matrix *matrix);

/* Makes every entry ordinary, with the EPT leaf of the page at the level.  `switches` are those of
 * EPT flags (enum case_switch). */
void matrix_build(struct matrix *matrix, enum ept_level leaf, u32 switches);

/* Under what a page is accessed, and how. */
struct matrix_way {
	const u32 *settings;                    /* switches (enum case_switch) */
	unsigned count;
	unsigned accesses;                      /* bits by enum model_access_kind */
};
extern const struct matrix_way matrix_usual;            /* without and with EPT's flags */
/* With mode-based execute control, and a page of each mode. */
extern const struct matrix_way matrix_data_by_mode, matrix_fetch_by_mode;

/* Calls run() under each setting of the way that is offered; skip() if none is. */
void matrix_for_each(struct matrix *matrix, const struct matrix_way *way,
		     void (*run)(struct matrix *matrix, const void *context, u32 switches),
		     const void *context);
bool matrix_offers(const struct matrix *matrix, u32 switches);
/* Which capability the first setting needs that is not offered. */
void matrix_skip(u32 switches);

/* What an entry can allow, as the settings have it built: a number from 0 to matrix_permissions(),
 * whose bits are R, W, X and, with mode-based execute control, execution by user-mode addresses. */
unsigned matrix_permissions(const struct matrix *matrix);
u64 matrix_with_permissions(const struct matrix *matrix, u64 entry, unsigned allowed);

static inline void matrix_write(struct matrix_entry *entry, u64 value)
{
	entry->before = value;
	*entry->place = value;
}

/* Lets the guest make the access; false if it ended with an exit that the model does not know. */
bool matrix_access(struct matrix *matrix, enum model_access_kind access,
		   struct model_outcome *outcome);

/* Lets the guest make an access of every kind that is tried, and judges each. */
void matrix_try(struct matrix *matrix);

#endif
