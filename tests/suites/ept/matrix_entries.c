/* matrix_entries.c -- the tests of the EPT entries that map a page: their permissions, memory types
 * and all other bits, against every kind of access
 */
#include "kernel/cpu.h"
#include "tests/report/test.h"
#include "tests/suites/ept/matrix.h"
#include "vmx/capabilities.h"

static bool leaf_is_offered(enum ept_level leaf)
{
	struct ept_rules rules = vm_ept_rules();

	return leaf == EPT_PT || (leaf == EPT_PD ? rules.pages_2m : rules.pages_1g);
}

/* What is tried with a page that an entry of a level maps. */
typedef void path_t(struct matrix *matrix, enum ept_level leaf);

struct path_row {
	const struct matrix_way *way;
	path_t *run;
};

static void for_every_size(struct matrix *matrix, const void *context, u32 switches)
{
	const struct path_row *row = context;

	for (enum ept_level leaf = EPT_PT; leaf <= EPT_PDPT; leaf++)
		if (leaf_is_offered(leaf)) {
			matrix_build(matrix, leaf, switches);
			row->run(matrix, leaf);
		}
}

/* Runs the accesses for every size of page, under each setting. */
static void run_paths(const struct test *test)
{
	const struct path_row *row = test->row;
	struct matrix *matrix = matrix_start(MATRIX_SHORTEST_WALK);

	if (!matrix)
		return;
	matrix_for_each(matrix, row->way, for_every_size, row);
	matrix_end(matrix);
}

#define PATHS_TEST(identifier, way, run, sentence, title)                                          \
	static const struct path_row identifier##_row = { &way, run };                             \
	TEST_ROW(identifier, run_paths, &identifier##_row, "ept_matrix/" #identifier, sentence,    \
		 title)

#define BY_MODE "with mode-based execute control "
#define AT_ONE  "each of the permissions at each level decides over the access as the model says"
#define AT_TWO  "permissions at two levels together decide over the access as the model says"

/* --- Permissions and memory types ------------------------------------------------------------ */

/* All other tests make one or two entries of a path unusual.  The model judges entries as they are,
 * so it would not notice that a path is broken before that. */
static void whole_path(struct matrix *matrix, enum ept_level leaf)
{
	for (enum model_access_kind access = 0; access < CASE_ACCESSES; access++) {
		struct model_outcome outcome;

		if (!matrix_access(matrix, access, &outcome) || outcome.event != MODEL_COMPLETES)
			FAIL("a %s of a page mapped by a %s entry does not complete: exit %s",
			     case_access_name(access), ept_level_name(leaf),
			     exit_name(matrix->machine.vm.exit.reason));
	}
}

PATHS_TEST(whole_paths, matrix_usual, whole_path,
	   "every access to a page that allows all completes", "EPT Translation Mechanism");

/* Sets of permissions. */
#define ALL_OF_THEM  (~0ul)
#define ONE_OF_EACH  (BIT(W) | BIT(RX) | BIT(RWX))      /* illegal, not all, all */

static void try_permissions(struct matrix *matrix, enum ept_level level, u64 permissions)
{
	struct matrix_entry *entry = matrix_ept_entry(matrix, level);
	u64 good = entry->before;

	for (unsigned allowed = NONE; allowed <= matrix_permissions(matrix); allowed++) {
		if (!(permissions & BIT(allowed)))
			continue;
		matrix_write(entry, matrix_with_permissions(matrix, good, allowed));
		matrix_try(matrix);
	}
	matrix_write(entry, good);
}

static void permissions_at_one_level(struct matrix *matrix, enum ept_level leaf)
{
	for (enum ept_level level = leaf; level <= EPT_PML4; level++)
		try_permissions(matrix, level, ALL_OF_THEM);
}

PATHS_TEST(permissions_at_one_level, matrix_usual, permissions_at_one_level,
	   AT_ONE,
	   "EPT Violations");
PATHS_TEST(data_permissions_at_one_level_by_mode, matrix_data_by_mode, permissions_at_one_level,
	   BY_MODE AT_ONE,
	   "EPT Violations");
PATHS_TEST(fetch_permissions_at_one_level_by_mode, matrix_fetch_by_mode, permissions_at_one_level,
	   BY_MODE AT_ONE,
	   "Mode-Based Execute Control");

static void permissions_at_two_levels(struct matrix *matrix, enum ept_level leaf)
{
	for (enum ept_level upper = leaf + 1; upper <= EPT_PML4; upper++) {
		struct matrix_entry *entry = matrix_ept_entry(matrix, upper);
		u64 good = entry->before;

		for (unsigned allowed = NONE; allowed <= matrix_permissions(matrix); allowed++) {
			matrix_write(entry, matrix_with_permissions(matrix, good, allowed));
			for (enum ept_level lower = leaf; lower < upper; lower++)
				try_permissions(matrix, lower, ALL_OF_THEM);
		}
		matrix_write(entry, good);
	}
}

PATHS_TEST(permissions_at_two_levels, matrix_usual, permissions_at_two_levels,
	   AT_TWO,
	   "EPT Violations");
PATHS_TEST(data_permissions_at_two_levels_by_mode, matrix_data_by_mode, permissions_at_two_levels,
	   BY_MODE AT_TWO,
	   "EPT Violations");
PATHS_TEST(fetch_permissions_at_two_levels_by_mode, matrix_fetch_by_mode, permissions_at_two_levels,
	   BY_MODE AT_TWO,
	   "Mode-Based Execute Control");

static void memory_types(struct matrix *matrix, enum ept_level leaf)
{
	struct matrix_entry *entry = matrix_ept_entry(matrix, leaf);
	u64 good = entry->before;

	for (unsigned type = 0; type < 8; type++)
		for (unsigned ignore_pat = 0; ignore_pat < 2; ignore_pat++) {
			matrix_write(entry, (good & ~(u64)EPT_MEMORY_TYPE) | type << 3 |
					    (ignore_pat ? EPT_IGNORE_PAT : 0));
			try_permissions(matrix, leaf, ALL_OF_THEM);
		}
	matrix_write(entry, good);
}

PATHS_TEST(memory_types, matrix_usual, memory_types,
	   "memory types 2, 3 and 7 of a leaf are misconfigured unless it is not present, the "
	   "others not",
	   "EPT Misconfigurations");
PATHS_TEST(memory_types_by_mode, matrix_fetch_by_mode, memory_types,
	   BY_MODE "memory types 2, 3 and 7 of a leaf that any of four bits makes present are "
	   "misconfigured, the others not",
	   "EPT Misconfigurations");

/* A test of its own, as an L0 that gets it wrong does so in every case. */
static void misconfigurations(struct matrix *matrix, enum ept_level leaf)
{
	matrix->judges_misconfiguration = true;
	permissions_at_one_level(matrix, leaf);
	memory_types(matrix, leaf);
}

PATHS_TEST(qualification_of_misconfiguration, matrix_usual, misconfigurations,
	   "the qualification of an EPT misconfiguration is 0, whatever exit came before it",
	   "Basic VM-Exit Information");

/* --- Every bit, and every two bits ----------------------------------------------------------- */

/* One kind of entry, and which of its bits a test inverts. */
struct bits_row {
	enum ept_level level;                   /* of the entry */
	enum ept_level leaf;                    /* of the entry that maps the page */
	u64 bits;
	u64 permissions;                        /* with which each is tried */
	const struct matrix_way *way;
};

/* Bits that would make the entry lead to another page or table.  An entry that maps a large page
 * would lead to a table without bit 7; the bits of any memory type but UC are reserved there. */
static u64 bits_that_lead_elsewhere(const struct bits_row *row, u64 entry)
{
	u64 frame = BIT(vmx_capabilities.physical_width) - 1;

	if (row->level == row->leaf)
		return (frame & ~(ept_level_size(row->level) - 1)) |
		       (entry & EPT_MEMORY_TYPE ? 0 : EPT_LARGE);
	return (frame & ~(PAGE_SIZE - 1)) | (row->level == EPT_PML4 ? 0 : EPT_LARGE);
}

/* Bits 2:0 are the permissions, which are tried with every other bit. */
static void invert_bits(struct matrix *matrix, const struct bits_row *row)
{
	struct matrix_entry *entry = matrix_ept_entry(matrix, row->level);
	u64 good = entry->before;
	u64 bits = row->bits & ~(u64)EPT_PERMISSIONS & ~bits_that_lead_elsewhere(row, good);

	for (unsigned bit = 0; bit < 64; bit++) {
		if (!(bits & BIT(bit)))
			continue;
		matrix_write(entry, good ^ BIT(bit));
		try_permissions(matrix, row->level, row->permissions);
	}
	matrix_write(entry, good);
}

static void invert_pairs(struct matrix *matrix, const struct bits_row *row)
{
	struct bits_row above = *row;
	struct matrix_entry *entry = matrix_ept_entry(matrix, row->level);
	u64 good = entry->before;

	for (unsigned bit = 3; bit < 64; bit++) {
		if (!(row->bits & ~bits_that_lead_elsewhere(row, good) & BIT(bit)))
			continue;
		matrix_write(entry, good ^ BIT(bit));
		above.bits = row->bits & ~(BIT(bit) | (BIT(bit) - 1));
		invert_bits(matrix, &above);
	}
	matrix_write(entry, good);
}

typedef void bits_t(struct matrix *matrix, const struct bits_row *row);

/* What is done with the bits of a row. */
struct bits_context {
	const struct bits_row *row;
	bits_t *run;
};

/* Accessed and dirty flags are set beforehand in every entry: to the tests they are bits like all
 * others. */
static void try_bits(struct matrix *matrix, const void *context, u32 switches)
{
	const struct bits_context *bits = context;

	matrix_build(matrix, bits->row->leaf, CASE_EPT_FLAGS_SET | switches);
	bits->run(matrix, bits->row);
}

/* Under each setting.  Returns how many accesses there were. */
static u64 for_each_setting(const struct bits_row *row, bits_t *run)
{
	struct matrix *matrix;

	if (!leaf_is_offered(row->leaf)) {
		skip("needs pages of %lu MiB in EPT", ept_level_size(row->leaf) >> 20);
		return 0;
	}
	matrix = matrix_start(MATRIX_SHORTEST_WALK);
	if (!matrix)
		return 0;
	matrix_for_each(matrix, row->way, try_bits, &(struct bits_context){ row, run });
	matrix_end(matrix);
	return matrix->tried;
}

static void run_single_bits(const struct test *test)
{
	for_each_setting(test->row, invert_bits);
}

static void run_bit_pairs(const struct test *test)
{
	for_each_setting(test->row, invert_pairs);
}

/* For `make bench`: what a case costs, from the access to the judgement. */
TEST_ON_REQUEST("bench/matrix_case", "instructions of a case of the EPT matrix, all in", "")
{
	static const struct bits_row row = {
		EPT_PT, EPT_PT, ~0ul, ALL_OF_THEM, &matrix_usual,
	};
	u64 start = tsc_read(), cases = for_each_setting(&row, invert_pairs);

	if (cases)
		note("bench matrix_case %lu instructions", (tsc_read() - start) / cases);
}

#define BITS_ROW(identifier, run, way, permissions, level, leaf, bits, sentence)                   \
	static const struct bits_row identifier##_row = { level, leaf, bits, permissions, &way };  \
	TEST_ROW(identifier, run, &identifier##_row, "ept_matrix/" #identifier, sentence,          \
		 "EPT Misconfigurations")
#define BITS_TEST(identifier, level, leaf, bits, sentence)                                         \
	BITS_ROW(identifier, run_single_bits, matrix_usual, ALL_OF_THEM, level, leaf, bits,        \
		 sentence)
#define PAIRS_TEST(identifier, level, leaf, bits, sentence)                                        \
	BITS_ROW(identifier, run_bit_pairs, matrix_usual, ONE_OF_EACH, level, leaf, bits, sentence)
#define BITS_BY_MODE(identifier, level, leaf, bits, sentence)                                      \
	BITS_ROW(identifier##_by_mode, run_single_bits, matrix_fetch_by_mode, ALL_OF_THEM, level,  \
		 leaf, bits, BY_MODE sentence)

#define SENTENCE(kind) "each bit of " kind " is reserved or ignored as the model says"
#define PAIRS(kind)    "each two bits of " kind " are reserved or ignored as the model says"

BITS_TEST(bits_of_pml4_entry, EPT_PML4, EPT_PT, ~0ul, SENTENCE("a PML4 entry"));
BITS_TEST(bits_of_pdpt_entry, EPT_PDPT, EPT_PT, ~0ul,
	  SENTENCE("a PDPT entry that leads to a table"));
BITS_TEST(bits_of_pd_entry, EPT_PD, EPT_PT, ~0ul,
	  SENTENCE("a PD entry that leads to a table"));
BITS_TEST(bits_of_pt_entry, EPT_PT, EPT_PT, ~0ul, SENTENCE("a PT entry"));
BITS_TEST(bits_of_2m_page, EPT_PD, EPT_PD, ~BIT(12),
	  SENTENCE("an entry of a 2 MiB page (but bit 12)"));
BITS_TEST(bit_12_of_2m_page, EPT_PD, EPT_PD, BIT(12),
	  "bit 12 of an entry of a 2 MiB page is reserved");
BITS_TEST(bits_of_1g_page, EPT_PDPT, EPT_PDPT, ~BIT(12),
	  SENTENCE("an entry of a 1 GiB page (but bit 12)"));
PAIRS_TEST(pairs_of_bits_of_pt_entry, EPT_PT, EPT_PT, ~0ul,
	  PAIRS("a PT entry"));
PAIRS_TEST(pairs_of_bits_of_2m_page, EPT_PD, EPT_PD, ~BIT(12),
	  PAIRS("an entry of a 2 MiB page (but bit 12)"));
PAIRS_TEST(pairs_of_bits_of_pd_entry, EPT_PD, EPT_PT, ~0ul,
	  PAIRS("a PD entry that leads to a table"));
BITS_TEST(bit_12_of_1g_page, EPT_PDPT, EPT_PDPT, BIT(12),
	  "bit 12 of an entry of a 1 GiB page is reserved");
BITS_BY_MODE(bits_of_pml4_entry, EPT_PML4, EPT_PT, ~0ul, SENTENCE("a PML4 entry"));
BITS_BY_MODE(bits_of_pdpt_entry, EPT_PDPT, EPT_PT, ~0ul,
	     SENTENCE("a PDPT entry that leads to a table"));
BITS_BY_MODE(bits_of_pd_entry, EPT_PD, EPT_PT, ~0ul,
	     SENTENCE("a PD entry that leads to a table"));
BITS_BY_MODE(bits_of_pt_entry, EPT_PT, EPT_PT, ~0ul, SENTENCE("a PT entry"));
BITS_BY_MODE(bits_of_2m_page, EPT_PD, EPT_PD, ~BIT(12),
	     SENTENCE("an entry of a 2 MiB page (but bit 12)"));
BITS_BY_MODE(bits_of_1g_page, EPT_PDPT, EPT_PDPT, ~BIT(12),
	     SENTENCE("an entry of a 1 GiB page (but bit 12)"));
