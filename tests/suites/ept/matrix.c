/* matrix.c -- accesses a page of a guest, judges each access, and reports the first disagreement */
#include "tests/suites/ept/matrix.h"
#include "kernel/memory.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case_build.h"
#include "tests/suites/cases/case_model.h"
#include "tests/suites/cases/case_report.h"
#include "tests/suites/cases/case_try.h"
#include "vmx/capabilities.h"

#define EPT_FLAGS (EPT_ACCESSED | EPT_DIRTY)

/* A fetch executes VMCALL at the start of the page; other accesses leave it as it is. */
#define DATA_OFFSET 8
#define DATA_SIZE   8

/* --- The case -------------------------------------------------------------------------------- */

static struct test_case ordinary_case(const struct matrix *matrix, enum model_access_kind access,
				      enum ept_level leaf, u32 switches)
{
	bool fetch = access == MODEL_FETCH;
	struct test_case test_case = {
		.paging = CASE_4_LEVEL, .access = access, .offset = fetch ? 0 : DATA_OFFSET,
		.size = fetch ? CASE_FETCH_SIZE : DATA_SIZE,
		.guest_leaf = (u8)(EPT_PML4 - matrix->tables + 1),
		.switches = CASE_EXECUTE_DISABLE | switches,
	};

	for (enum case_page page = 0; page < CASE_PAGES; page++)
		test_case.ept_leaf[page] = EPT_PT;
	test_case.ept_leaf[CASE_DATA] = (u8)leaf;
	return test_case;
}

static void find_entries(struct matrix *matrix)
{
	const struct test_case *test_case = &matrix->cases[MODEL_FETCH];
	const struct case_memory *memory = &matrix->machine.memory;
	const struct case_mapping *data = case_mapping(memory, test_case, CASE_DATA);

	for (unsigned level = EPT_PT; level <= EPT_PML4; level++)
		matrix_ept_entry(matrix, level)->place = data->entry[level];
	for (unsigned table = 0; table < matrix->tables; table++) {
		unsigned level = EPT_PML4 - table;

		matrix_guest_entry(matrix, table)->place =
			case_guest_entry(memory, test_case, level, 0);
		matrix->table_leaf[table] =
			case_mapping(memory, test_case, case_table(level))->entry[EPT_PT];
	}
	matrix->entry_count = CASE_EPT_LEVELS + matrix->tables;
	for (unsigned i = 0; i < matrix->entry_count; i++)
		matrix->entries[i].ordinary = matrix->entries[i].before = *matrix->entries[i].place;
}

/* Every kind of access uses the same entries.  The case of a fetch is built, as it puts VMCALL into
 * the page. */
void matrix_build(struct matrix *matrix, enum ept_level leaf, u32 switches)
{
	const struct test_case *built = &matrix->cases[MODEL_FETCH];
	struct case_memory *memory = &matrix->machine.memory;

	for (enum model_access_kind access = 0; access < CASE_ACCESSES; access++) {
		struct test_case *test_case = &matrix->cases[access];

		*test_case = ordinary_case(matrix, access, leaf, switches);
		matrix->accesses[access] = case_model_access(memory, test_case);
		matrix->code[access] = case_code(test_case);
	}
	case_restore(memory);
	case_build(memory, built);
	find_entries(matrix);
	matrix->model = case_model(memory, built);
	case_write_state(&matrix->machine, built, &matrix->model);
}

/* --- Settings -------------------------------------------------------------------------------- */

#define EVERY_ACCESS BITS(CASE_ACCESSES - 1, 0)
#define FETCH        BIT(MODEL_FETCH)

static const u32 usual[] = { 0, CASE_EPT_FLAGS_ENABLED };
static const u32 by_mode[] = {
	CASE_EXECUTE_BY_MODE,
	CASE_EXECUTE_BY_MODE | CASE_SUPERVISOR_PAGE,
	CASE_EXECUTE_BY_MODE | CASE_EPT_FLAGS_ENABLED,
};

const struct matrix_way matrix_usual = { usual, COUNT(usual), EVERY_ACCESS };
const struct matrix_way matrix_data_by_mode = { by_mode, COUNT(by_mode), EVERY_ACCESS & ~FETCH };
const struct matrix_way matrix_fetch_by_mode = { by_mode, COUNT(by_mode), FETCH };

bool matrix_offers(const struct matrix *matrix, u32 switches)
{
	return !(switches & ~matrix->machine.memory.offers.switches);
}

void matrix_skip(u32 switches)
{
	bool is_by_mode = switches & CASE_EXECUTE_BY_MODE;
	enum capability needed = is_by_mode ? CAPABILITY_mode_based_execute
					    : CAPABILITY_accessed_dirty;

	skip("needs %s: %s is 0", capability_row(needed)->name, capability_row(needed)->source);
}

void matrix_for_each(struct matrix *matrix, const struct matrix_way *way,
		     void (*run)(struct matrix *matrix, const void *context, u32 switches),
		     const void *context)
{
	if (!matrix_offers(matrix, way->settings[0])) {
		matrix_skip(way->settings[0]);
		return;
	}
	matrix->accesses_tried = way->accesses;
	for (unsigned i = 0; i < way->count; i++)
		if (matrix_offers(matrix, way->settings[i]))
			run(matrix, context, way->settings[i]);
}

static bool is_by_mode(const struct matrix *matrix)
{
	return matrix->model.controls.mode_based_execute;
}

unsigned matrix_permissions(const struct matrix *matrix)
{
	return is_by_mode(matrix) ? 2 * RWX + 1 : RWX;
}

u64 matrix_with_permissions(const struct matrix *matrix, u64 entry, unsigned allowed)
{
	u64 decide = EPT_PERMISSIONS | (is_by_mode(matrix) ? EPT_USER_EXECUTE : 0);

	return (entry & ~decide) | (allowed & RWX) | (allowed > RWX ? EPT_USER_EXECUTE : 0);
}

/* --- A disagreement -------------------------------------------------------------------------- */

static void add_flip(struct test_case *test_case, struct case_flip flip)
{
	if (flip.bits && test_case->flip_count < CASE_FLIPS)
		test_case->flips[test_case->flip_count++] = flip;
}

static u64 inverted_bits(const struct matrix_entry *entry)
{
	return entry->ordinary ^ entry->before;
}

/* The case as a description: what was written is what differs from the ordinary case.  In the EPT
 * entries that map tables, earlier accesses have set flags. */
static struct test_case describe(struct matrix *matrix, enum model_access_kind access)
{
	struct test_case test_case = matrix->cases[access];

	for (unsigned level = test_case.ept_leaf[CASE_DATA]; level <= EPT_PML4; level++)
		add_flip(&test_case, (struct case_flip){
			.which = CASE_DATA, .level = (u8)level,
			.bits = inverted_bits(matrix_ept_entry(matrix, level)),
		});
	for (unsigned table = 0; table < matrix->tables; table++) {
		u8 level = (u8)(EPT_PML4 - table);
		enum case_page page = case_table(level);
		u64 ordinary = case_ordinary_entry(&matrix->machine.memory, &test_case, page,
						   EPT_PT);

		add_flip(&test_case, (struct case_flip){
			.which = (u8)page, .level = EPT_PT,
			.bits = (*matrix->table_leaf[table] ^ ordinary) & ~(u64)EPT_FLAGS,
		});
		add_flip(&test_case, (struct case_flip){
			.guest = true, .level = level,
			.bits = inverted_bits(matrix_guest_entry(matrix, table)),
		});
	}
	return test_case;
}

static void disagree(struct matrix *matrix, enum model_access_kind access, const char *found,
		     const struct model_prediction *expected)
{
	char text[160];

	if (matrix->disagreements++)
		return;
	model_prediction_text(text, sizeof(text), expected);
	FAIL("a %s of guest-linear %#lx: %s, expected %s", case_access_name(access),
	     matrix->accesses[access].linear.raw, found, text);
	matrix->disagreement = describe(matrix, access);
}

static void report_disagreement(struct matrix *matrix)
{
	static struct case_result result;
	struct case_machine *machine = &matrix->machine;
	struct test_case *test_case = &matrix->disagreement;

	case_restore(&machine->memory);
	case_adjust(test_case, &machine->memory.offers);
	if (case_try(machine, test_case, &result) && case_differs(&result))
		case_report(machine, test_case, &result, "From the EPT matrix.");
	else
		note("the same by itself ends as the model says");
}

/* --- An access ------------------------------------------------------------------------------- */

bool matrix_access(struct matrix *matrix, enum model_access_kind access,
		   struct model_outcome *outcome)
{
	bool known;

	matrix->tried++;
	case_write_code(&matrix->machine.memory, matrix->code[access]);
	known = case_run(&matrix->machine, gla(CASE_CODE_PAGE), matrix->accesses[access].linear,
			 outcome);
	if (outcome->event == MODEL_EPT_MISCONFIGURATION && !matrix->judges_misconfiguration)
		outcome->code = 0;
	return known;
}

/* Keeps what the access made of the entries, and gives them the values from before, from which the
 * model predicts.  True if any was changed. */
static bool undo_access(struct matrix *matrix, u64 after[MATRIX_ENTRIES])
{
	bool changed = false;

	for (unsigned i = 0; i < matrix->entry_count; i++) {
		const struct matrix_entry *entry = &matrix->entries[i];

		after[i] = *entry->place;
		if (after[i] != entry->before) {
			*entry->place = entry->before;
			changed = true;
		}
	}
	return changed;
}

static void compare_entries(struct matrix *matrix, enum model_access_kind access,
			    const u64 after[MATRIX_ENTRIES],
			    const struct model_prediction *prediction)
{
	char text[96];

	for (unsigned i = 0; i < matrix->entry_count; i++) {
		const struct matrix_entry *entry = &matrix->entries[i];

		if (model_allows_entry(prediction, hpa_of(entry->place), entry->before, after[i]))
			continue;
		print_into(text, sizeof(text), "an entry went from %#018lx to %#018lx",
			   entry->before, after[i]);
		disagree(matrix, access, text, prediction);
		return;
	}
}

static void outcome_differs(struct matrix *matrix, enum model_access_kind access, bool known,
			    const struct model_outcome *outcome,
			    const struct model_prediction *prediction)
{
	char found[120];

	if (known)
		model_outcome_text(found, sizeof(found), outcome);
	else
		print_into(found, sizeof(found), "exit %s",
			   exit_name(matrix->machine.vm.exit.reason));
	disagree(matrix, access, found, prediction);
}

/* Whether the fetch of the code is what ends in an exit. */
static bool code_fetch_exits(const struct matrix *matrix, const struct model_access *fetch)
{
	struct model_prediction prediction;

	model_predict(&matrix->model, fetch, 0, &prediction);
	return prediction.outcome.event != MODEL_COMPLETES;
}

static void try_access(struct matrix *matrix, enum model_access_kind access)
{
	const struct model_access *judged = &matrix->accesses[access];
	struct model_access fetch;
	struct model_prediction prediction;
	struct model_outcome outcome;
	u64 after[MATRIX_ENTRIES];
	bool known = matrix_access(matrix, access, &outcome);
	bool changed = undo_access(matrix, after);

	if (matrix->code_first) {
		fetch = case_model_fetch(&matrix->cases[access]);
		if (code_fetch_exits(matrix, &fetch))
			judged = &fetch;
	}
	if (!model_allows(&matrix->model, judged, &outcome, &prediction) || !known)
		outcome_differs(matrix, access, known, &outcome, &prediction);
	else if (changed || prediction.update_count)
		compare_entries(matrix, access, after, &prediction);
}

void matrix_try(struct matrix *matrix)
{
	for (enum model_access_kind access = 0; access < CASE_ACCESSES; access++)
		if (matrix->accesses_tried & BIT(access))
			try_access(matrix, access);
}

/* --- Start and end --------------------------------------------------------------------------- */

/* The shortest walk ends with a page of 1 GiB in the PDPT, or of 2 MiB in the PD. */
static unsigned tables_of(enum matrix_walk walk)
{
	if (walk == MATRIX_LONGEST_WALK)
		return MATRIX_TABLES;
	return capability_offered(CAPABILITY_pages_1g) ? 2 : 3;
}

struct matrix *matrix_start(enum matrix_walk walk)
{
	static struct matrix matrix;

	matrix = (struct matrix){
		.machine.memory.own_pml4_entry = true, .tables = tables_of(walk),
		.accesses_tried = EVERY_ACCESS,
	};
	if (!case_machine_start(&matrix.machine))
		return NULL;
	if (vmx_capabilities.physical_width < 40) {
		skip("needs 40 physical address bits: the data has a PML4 entry of its own");
		case_machine_end(&matrix.machine);
		return NULL;
	}
	return &matrix;
}

void matrix_end(struct matrix *matrix)
{
	if (matrix->tried)
		note("%lu cases, %lu disagreements", matrix->tried, matrix->disagreements);
	if (matrix->disagreements)
		report_disagreement(matrix);
	case_machine_end(&matrix->machine);
}
