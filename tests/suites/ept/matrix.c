/* matrix.c -- every kind of EPT entry against every kind of access, judged by the model
 * (tests/model/, written from the SDM; it shares no code with the engine)
 */
#include "kernel/cpu.h"
#include "kernel/paging_entry.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case_report.h"
#include "tests/suites/ept/arena.h"
#include "vmx/capabilities.h"

struct entries {
	u64 value[ARENA_ENTRIES];
};

struct matrix {
	struct arena arena;
	enum ept_level leaf;
	struct entries entries;                 /* as they are before each access */
	bool code_first;                        /* fetching the code may be what ends in an exit */
	u64 cases, disagreements;
	struct ept_case disagreement;           /* the first */
};

static unsigned entry_count(const struct arena *arena)
{
	return EPT_PML4 + arena->tables;
}

static void entry_write(struct matrix *matrix, unsigned which, u64 value)
{
	matrix->entries.value[which] = value;
	*matrix->arena.entry[which] = value;
}

static void path_reset(struct matrix *matrix, enum ept_level leaf)
{
	matrix->leaf = leaf;
	arena_reset(&matrix->arena, leaf);
	for (unsigned i = 0; i < entry_count(&matrix->arena); i++)
		matrix->entries.value[i] = *matrix->arena.entry[i];
}

/* Keeps what the access made of the entries, and puts them back as they were before it, which is
 * what the model is to see.  True if it changed any. */
static bool entries_exchange(struct matrix *matrix, struct entries *after)
{
	bool changed = false;

	for (unsigned i = 0; i < entry_count(&matrix->arena); i++) {
		u64 *entry = matrix->arena.entry[i];

		after->value[i] = *entry;
		if (*entry != matrix->entries.value[i]) {
			*entry = matrix->entries.value[i];
			changed = true;
		}
	}
	return changed;
}

/* --- A disagreement, in full ----------------------------------------------------------------- */

static void disagree(struct matrix *matrix, enum arena_access access, const char *found,
		     const struct model_prediction *expected)
{
	char text[160];

	if (matrix->disagreements++)
		return;
	model_prediction_text(text, sizeof(text), expected);
	FAIL("a %s of guest-linear %#lx: %s, expected %s", arena_access_name(access),
	     matrix->arena.linear.raw, found, text);
	arena_case(&matrix->arena, matrix->leaf, access, &matrix->disagreement);
}

/* When the arena is gone, as there is one VM at a time. */
static void tell_cases(const struct matrix *matrix)
{
	note("%lu cases, %lu disagreements", matrix->cases, matrix->disagreements);
	if (matrix->disagreements)
		case_report_from(&matrix->disagreement, "From the EPT matrix.");
}

/* --- One case -------------------------------------------------------------------------------- */

static void compare_entries(struct matrix *matrix, enum arena_access access,
			    const struct entries *after, const struct model_prediction *prediction)
{
	char text[96];

	for (unsigned i = 0; i < entry_count(&matrix->arena); i++) {
		hpa_t place = hpa((u64)matrix->arena.entry[i]);
		u64 before = matrix->entries.value[i];

		if (model_allows_entry(prediction, place, before, after->value[i]))
			continue;
		print_into(text, sizeof(text), "an entry went from %#018lx to %#018lx", before,
			   after->value[i]);
		disagree(matrix, access, text, prediction);
		return;
	}
}

static void tell_disagreement(struct matrix *matrix, enum arena_access access, bool known,
			      const struct model_outcome *outcome,
			      const struct model_prediction *prediction)
{
	char found[120];

	if (known)
		model_outcome_text(found, sizeof(found), outcome);
	else
		print_into(found, sizeof(found), "exit %s",
			   exit_name(matrix->arena.vm.exit.reason));
	disagree(matrix, access, found, prediction);
}

/* Whether fetching the code is what ends in an exit. */
static bool code_fetch_exits(const struct matrix *matrix, const struct model_access *fetch)
{
	struct model_prediction prediction;

	model_predict(&matrix->arena.model, fetch, 0, &prediction);
	return prediction.outcome.event != MODEL_COMPLETES;
}

/* What the processor does first of what may end in an exit. */
static inline struct model_access first_access(const struct matrix *matrix,
						enum arena_access access)
{
	if (matrix->code_first) {
		struct model_access fetch = arena_code_fetch(access);

		if (code_fetch_exits(matrix, &fetch))
			return fetch;
	}
	return arena_model_access(&matrix->arena, access);
}

static void try_access(struct matrix *matrix, enum arena_access access)
{
	struct arena *arena = &matrix->arena;
	struct model_access model_access;
	struct model_prediction prediction;
	struct model_outcome outcome;
	struct entries after;
	bool known = arena_access(arena, access, &outcome);
	bool changed = entries_exchange(matrix, &after);

	matrix->cases++;
	model_access = first_access(matrix, access);
	if (!model_allows(&arena->model, &model_access, &outcome, &prediction) || !known)
		tell_disagreement(matrix, access, known, &outcome, &prediction);
	else if (changed || prediction.update_count)
		compare_entries(matrix, access, &after, &prediction);
}

static void try_every_access(struct matrix *matrix)
{
	for (enum arena_access access = 0; access < ARENA_ACCESSES; access++)
		try_access(matrix, access);
}

/* --- The axes -------------------------------------------------------------------------------- */

static u64 with_permissions(u64 entry, enum permission allowed)
{
	return (entry & ~(u64)EPT_PERMISSIONS) | allowed;
}

static bool leaf_is_offered(enum ept_level leaf)
{
	struct ept_rules rules = vm_ept_rules();

	return leaf == EPT_PT || (leaf == EPT_PD ? rules.pages_2m : rules.pages_1g);
}

/* Runs the cases for every size of page, without and with accessed and dirty flags. */
static void for_every_path(void (*cases)(struct matrix *matrix, enum ept_level leaf))
{
	struct matrix matrix = { .cases = 0 };

	if (!arena_start(&matrix.arena, ARENA_SHORTEST_WALK))
		return;
	for (unsigned flags = 0; flags < arena_flag_settings(&matrix.arena); flags++) {
		arena_use_flags(&matrix.arena, flags);
		for (enum ept_level leaf = EPT_PT; leaf <= EPT_PDPT; leaf++)
			if (leaf_is_offered(leaf)) {
				path_reset(&matrix, leaf);
				cases(&matrix, leaf);
			}
	}
	arena_end(&matrix.arena);
	tell_cases(&matrix);
}

/* --- The claims ------------------------------------------------------------------------------ */

/* All else breaks these paths in one place or two: they must be whole, which the model, that judges
 * entries as they are, would not notice. */
static void whole_path(struct matrix *matrix, enum ept_level leaf)
{
	for (enum arena_access access = 0; access < ARENA_ACCESSES; access++) {
		struct model_outcome outcome;

		if (!arena_access(&matrix->arena, access, &outcome) ||
		    outcome.event != MODEL_COMPLETES)
			FAIL("a %s of a page mapped by a %s entry does not complete: exit %s",
			     arena_access_name(access), ept_level_name(leaf),
			     exit_name(matrix->arena.vm.exit.reason));
		matrix->cases++;
	}
}

TEST("ept_matrix/whole_paths", "every access to a page that allows all completes",
     "EPT Translation Mechanism")
{
	for_every_path(whole_path);
}

static void permissions_at(struct matrix *matrix, enum ept_level level)
{
	unsigned entry = arena_ept_entry(level);
	u64 good = matrix->entries.value[entry];

	for (enum permission allowed = NONE; allowed <= RWX; allowed++) {
		entry_write(matrix, entry, with_permissions(good, allowed));
		try_every_access(matrix);
	}
	entry_write(matrix, entry, good);
}

static void permissions_at_one_level(struct matrix *matrix, enum ept_level leaf)
{
	for (enum ept_level level = leaf; level <= EPT_PML4; level++)
		permissions_at(matrix, level);
}

TEST("ept_matrix/permissions_at_one_level",
     "each of the 8 permissions at each level decides over each access as the model says",
     "EPT Violations")
{
	for_every_path(permissions_at_one_level);
}

static void permissions_at_two_levels(struct matrix *matrix, enum ept_level leaf)
{
	for (enum ept_level upper = leaf + 1; upper <= EPT_PML4; upper++) {
		unsigned entry = arena_ept_entry(upper);
		u64 good = matrix->entries.value[entry];

		for (enum permission allowed = NONE; allowed <= RWX; allowed++) {
			entry_write(matrix, entry, with_permissions(good, allowed));
			for (enum ept_level lower = leaf; lower < upper; lower++)
				permissions_at(matrix, lower);
		}
		entry_write(matrix, entry, good);
	}
}

TEST("ept_matrix/permissions_at_two_levels",
     "permissions at two levels together decide over each access as the model says",
     "EPT Violations")
{
	for_every_path(permissions_at_two_levels);
}

static void memory_types(struct matrix *matrix, enum ept_level leaf)
{
	u64 good = matrix->entries.value[arena_ept_entry(leaf)];

	for (unsigned type = 0; type < 8; type++)
		for (unsigned ignore_pat = 0; ignore_pat < 2; ignore_pat++) {
			entry_write(matrix, arena_ept_entry(leaf),
				    (good & ~(u64)EPT_MEMORY_TYPE) | type << 3 |
				    (ignore_pat ? EPT_IGNORE_PAT : 0));
			permissions_at(matrix, leaf);
		}
	entry_write(matrix, arena_ept_entry(leaf), good);
}

TEST("ept_matrix/memory_types",
     "memory types 2, 3 and 7 of a leaf are misconfigured unless it is not present, the others not",
     "EPT Misconfigurations")
{
	for_every_path(memory_types);
}

/* One kind of entry, and which of its bits a test turns. */
struct bits_row {
	enum ept_level level, leaf;             /* the entry's, and of the page at the path's end */
	u64 bits;
};

/* Bits that would lead the processor away from the page that the address stands in. */
static u64 bits_that_lead_elsewhere(const struct bits_row *row)
{
	u64 frame = BIT(vmx_capabilities.physical_width) - 1;

	if (row->level == row->leaf)
		return frame & ~(ept_level_size(row->level) - 1);
	return (frame & ~(PAGE_SIZE - 1)) | (row->level == EPT_PML4 ? 0 : EPT_LARGE);
}

/* Bits 2:0 are the permissions, which stand beside each other bit in turn. */
static void turn_bits(struct matrix *matrix, const struct bits_row *row)
{
	u64 bits = row->bits & ~(u64)EPT_PERMISSIONS & ~bits_that_lead_elsewhere(row);
	unsigned entry = arena_ept_entry(row->level);
	u64 good = matrix->entries.value[entry];

	for (unsigned bit = 0; bit < 64; bit++) {
		if (!(bits & BIT(bit)))
			continue;
		entry_write(matrix, entry, good ^ BIT(bit));
		permissions_at(matrix, row->level);
	}
	entry_write(matrix, entry, good);
}

static void turn_bit_pairs(struct matrix *matrix, const struct bits_row *row)
{
	struct bits_row above = *row;
	unsigned entry = arena_ept_entry(row->level);
	u64 good = matrix->entries.value[entry];

	for (unsigned bit = 3; bit < 64; bit++) {
		if (!(row->bits & ~bits_that_lead_elsewhere(row) & BIT(bit)))
			continue;
		entry_write(matrix, entry, good ^ BIT(bit));
		above.bits = row->bits & ~(BIT(bit) | (BIT(bit) - 1));
		turn_bits(matrix, &above);
	}
	entry_write(matrix, entry, good);
}

/* As if every entry had been used and every page written to: the flags are bits like others here,
 * which are turned in their turn. */
static void mark_entries(struct matrix *matrix)
{
	for (enum ept_level level = EPT_PT; level <= EPT_PML4; level++) {
		unsigned entry = arena_ept_entry(level);

		entry_write(matrix, entry, matrix->entries.value[entry] | EPT_ACCESSED | EPT_DIRTY);
	}
	for (unsigned i = 0; i < matrix->arena.tables; i++)
		*matrix->arena.table_leaf[i] |= EPT_ACCESSED | EPT_DIRTY;
}

/* Without and with them, as far as they are offered; how many cases there were. */
static u64 for_each_flags_setting(const struct bits_row *row,
				  void (*cases)(struct matrix *matrix, const struct bits_row *row))
{
	struct matrix matrix = { .cases = 0 };

	if (!leaf_is_offered(row->leaf)) {
		skip("needs pages of %lu MiB in EPT", ept_level_size(row->leaf) >> 20);
		return 0;
	}
	if (!arena_start(&matrix.arena, ARENA_SHORTEST_WALK))
		return 0;
	for (unsigned flags = 0; flags < arena_flag_settings(&matrix.arena); flags++) {
		arena_use_flags(&matrix.arena, flags);
		path_reset(&matrix, row->leaf);
		mark_entries(&matrix);
		cases(&matrix, row);
	}
	arena_end(&matrix.arena);
	tell_cases(&matrix);
	return matrix.cases;
}

static void run_single_bits(const struct test *test)
{
	for_each_flags_setting(test->row, turn_bits);
}

static void run_bit_pairs(const struct test *test)
{
	for_each_flags_setting(test->row, turn_bit_pairs);
}

/* For `make bench`: what a case costs, from the access to the judgement. */
TEST_ON_REQUEST("bench/matrix_case", "instructions of a case of the EPT matrix, all in", "")
{
	static const struct bits_row row = { EPT_PT, EPT_PT, ~0ul };
	u64 start = tsc_read(), cases = for_each_flags_setting(&row, turn_bit_pairs);

	if (cases)
		note("bench matrix_case %lu instructions", (tsc_read() - start) / cases);
}

#define BITS_TEST(identifier, run, level, leaf, bits, sentence)                                    \
	static const struct bits_row identifier##_row = { level, leaf, bits };                     \
	TEST_ROW(identifier, run, &identifier##_row, "ept_matrix/" #identifier, sentence,          \
		 "EPT Misconfigurations")

#define SENTENCE(kind) "each bit of " kind " is reserved or ignored as the model says"
#define PAIRS(kind)    "each two bits of " kind " are reserved or ignored as the model says"

BITS_TEST(bits_of_pml4_entry, run_single_bits, EPT_PML4, EPT_PT, ~0ul, SENTENCE("a PML4 entry"));
BITS_TEST(bits_of_pdpt_entry, run_single_bits, EPT_PDPT, EPT_PT, ~0ul,
	  SENTENCE("a PDPT entry that leads to a table"));
BITS_TEST(bits_of_pd_entry, run_single_bits, EPT_PD, EPT_PT, ~0ul,
	  SENTENCE("a PD entry that leads to a table"));
BITS_TEST(bits_of_pt_entry, run_single_bits, EPT_PT, EPT_PT, ~0ul, SENTENCE("a PT entry"));
BITS_TEST(bits_of_2m_page, run_single_bits, EPT_PD, EPT_PD, ~BIT(12),
	  SENTENCE("an entry of a 2 MiB page (but bit 12)"));
BITS_TEST(bit_12_of_2m_page, run_single_bits, EPT_PD, EPT_PD, BIT(12),
	  "bit 12 of an entry of a 2 MiB page is reserved");
BITS_TEST(bits_of_1g_page, run_single_bits, EPT_PDPT, EPT_PDPT, ~BIT(12),
	  SENTENCE("an entry of a 1 GiB page (but bit 12)"));
BITS_TEST(pairs_of_bits_of_pt_entry, run_bit_pairs, EPT_PT, EPT_PT, ~0ul,
	  PAIRS("a PT entry"));
BITS_TEST(pairs_of_bits_of_2m_page, run_bit_pairs, EPT_PD, EPT_PD, ~BIT(12),
	  PAIRS("an entry of a 2 MiB page (but bit 12)"));
BITS_TEST(pairs_of_bits_of_pd_entry, run_bit_pairs, EPT_PD, EPT_PT, ~0ul,
	  PAIRS("a PD entry that leads to a table"));
BITS_TEST(bit_12_of_1g_page, run_single_bits, EPT_PDPT, EPT_PDPT, BIT(12),
	  "bit 12 of an entry of a 1 GiB page is reserved");

/* --- The guest's own tables ------------------------------------------------------------------ */

/* Permissions of the page that one of the guest's tables stands in. */
#define ALLOWED(permission) BIT(permission)
#define EVERY_PERMISSION    BITS(RWX, NONE)
#define NOT_WRITABLE        (ALLOWED(R) | ALLOWED(RX))
#define VIOLATING           (NOT_WRITABLE | ALLOWED(NONE) | ALLOWED(X))

struct tables_row {
	bool flags;                             /* accessed and dirty flags for EPT */
	u64 clear;                              /* of the guest's flags, in each of its entries */
	u64 permissions;
};

static void try_permissions(struct matrix *matrix, u64 *leaf, u64 permissions)
{
	u64 good = *leaf;

	for (enum permission allowed = NONE; allowed <= RWX; allowed++) {
		if (!(permissions & ALLOWED(allowed)))
			continue;
		*leaf = with_permissions(good, allowed);
		try_every_access(matrix);
	}
	*leaf = good;
}

/* Through the PML4 table the guest's code is reached as well. */
static void guest_tables(struct matrix *matrix, const struct tables_row *row)
{
	for (enum arena_table table = ARENA_GUEST_PML4; table < ARENA_TABLES; table++) {
		u64 good = matrix->entries.value[arena_guest_entry(table)];

		matrix->code_first = table == ARENA_GUEST_PML4;
		entry_write(matrix, arena_guest_entry(table), good & ~row->clear);
		try_permissions(matrix, matrix->arena.table_leaf[table], row->permissions);
		entry_write(matrix, arena_guest_entry(table), good);
	}
}

static void run_guest_tables(const struct test *test)
{
	const struct tables_row *row = test->row;
	struct matrix matrix = { .cases = 0 };

	if (!arena_start(&matrix.arena, ARENA_WHOLE_WALK))
		return;
	if (row->flags && !matrix.arena.flags_offered) {
		skip("needs accessed_dirty: %s is 0",
		     capability_row(CAPABILITY_accessed_dirty)->source);
	} else {
		arena_use_flags(&matrix.arena, row->flags);
		path_reset(&matrix, EPT_PT);
		guest_tables(&matrix, row);
	}
	arena_end(&matrix.arena);
	if (matrix.cases)
		tell_cases(&matrix);
}

#define TABLES_TEST(identifier, flags, clear, permissions, sentence, title)                        \
	static const struct tables_row identifier##_row = { flags, clear, permissions };           \
	TEST_ROW(identifier, run_guest_tables, &identifier##_row, "ept_matrix/" #identifier,       \
		 sentence, title)

TABLES_TEST(guest_tables, false, 0, EVERY_PERMISSION,
	    "a guest's page walk through tables of every permission ends as the model says",
	    "EPT Violations");
TABLES_TEST(guest_tables_with_flags, true, 0, EVERY_PERMISSION & ~VIOLATING,
	    "with accessed and dirty flags for EPT a walk may use tables that may be written",
	    "Accessed and Dirty Flags for EPT");
TABLES_TEST(refused_guest_tables_with_flags, true, 0, VIOLATING,
	    "with accessed and dirty flags for EPT a walk is a write to the guest's tables",
	    "Accessed and Dirty Flags for EPT");
TABLES_TEST(guest_flags, false, PAGING_FLAGS, EVERY_PERMISSION & ~NOT_WRITABLE,
	    "a walk that must set the guest's accessed and dirty flags ends as the model says",
	    "EPT Violations");
TABLES_TEST(refused_guest_flags, false, PAGING_FLAGS, NOT_WRITABLE,
	    "a walk may not set the guest's flags in a table that may not be written",
	    "EPT Violations");
TABLES_TEST(guest_flags_with_flags, true, PAGING_FLAGS,
	    EVERY_PERMISSION & ~VIOLATING,
	    "flags of EPT and of the guest's tables are set by the same walk",
	    "Accessed and Dirty Flags for EPT");
