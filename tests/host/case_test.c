/* case_test.c -- cases made at random: what they may be, what is built of them, how they are made
 * smaller and printed
 * links: tests/suites/cases/case.c tests/suites/cases/case_random.c
 * links: tests/suites/cases/case_memory.c tests/suites/cases/case_code.c
 * links: tests/suites/cases/case_build.c tests/suites/cases/case_model.c
 * links: tests/suites/cases/case_quirks.c tests/suites/cases/case_shrink.c
 * links: tests/suites/cases/case_print.c tests/suites/cases/case_print_memory.c
 * links: tests/suites/cases/case_line.c tests/report/options.c tests/report/glob.c
 * links: tests/suites/cases/case_text.c ept/permission.c ept/table.c kernel/print.c
 * links: tests/model/access.c tests/model/access_rights.c
 * links: tests/model/ept.c tests/model/flags.c tests/model/guest_paging.c tests/model/judge.c
 * links: tests/model/prediction_text.c tests/model/sub_page.c tests/model/walk.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "ept/eptp.h"
#include "ept/violation.h"
#include "kernel/control_registers.h"
#include "kernel/memory.h"
#include "tests/suites/cases/case_build.h"
#include "tests/suites/cases/case_model.h"
#include "tests/suites/cases/case_print.h"
#include "tests/suites/cases/case_quirks.h"
#include "tests/suites/cases/case_random.h"
#include "tests/suites/cases/case_shrink.h"

#define GUEST_LARGE BIT(7)
#define GIB         BIT(30)

/* All pages are in one GiB, as they are for the kernel's tests: cases rely on that. */
static u8 *reserved, *pages_start, *pages_next;

static struct case_memory memory;
static struct case_result result;
static char printed[16 * 1024];

/* --- In place of the kernel ------------------------------------------------------------------ */

void *pages_alloc(size_t count)
{
	u8 *piece = pages_next;

	pages_next += count * PAGE_SIZE;
	return piece;
}

/* No GiB is free as a whole; with holes, no large page holds nothing but memory. */
static bool memory_has_holes;

void *pages_alloc_aligned(size_t count, u64 alignment)
{
	(void)count;
	(void)alignment;
	return NULL;
}

memory_mark_t memory_mark(void)
{
	return (memory_mark_t){ 0, (u64)pages_next };
}

void memory_release(memory_mark_t mark)
{
	pages_next = (u8 *)mark.next;
}

bool memory_is_usable(hpa_t start, u64 size)
{
	(void)start;
	return !memory_has_holes || size == PAGE_SIZE;
}

void *page_alloc(void)
{
	return pages_alloc(1);
}

void *page_alloc_dirty(void)
{
	return pages_alloc(1);
}

void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

const char *exit_name(u32 reason)
{
	return reason == 2 ? "triple_fault" : "other";
}

/* As in tests/report/test.h, which cannot be included: cmocka declares a skip(), too. */
void note(const char *format, ...);

void note(const char *format, ...)
{
	size_t length = strlen(printed);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(printed + length, sizeof(printed) - length - 1, format, arguments);
	va_end(arguments);
	strcat(printed, "\n");
}

/* A processor with 52 physical-address bits, as addresses of this program need more than 40. */
static int make_memory_with(bool own_pml4_entry)
{
	struct ept ept;

	reserved = mmap(NULL, 2 * GIB, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	assert_true(reserved != MAP_FAILED);
	pages_start = (u8 *)(((u64)reserved + GIB - 1) & ~(GIB - 1)) + PAGE_SIZE;
	pages_next = pages_start;
	ept = ept_new(EPT_PML4);
	memory = (struct case_memory){
		.eptp = { hpa_of(ept.root).raw | WB | (EPT_PML4 - 1) << 3,
			  hpa_of(ept.root).raw | WB | (EPT_PML4 - 1) << 3 | EPTP_ACCESSED_DIRTY },
		.cr0 = CR0_PE | CR0_NE | CR0_PG, .cr4 = CR4_PAE | CR4_VMXE,
		.processor = model_processor(~0ul, 52, true),
		.offers = {
			.paging = { true, true, true, true, true }, .guest_1g = true,
			.ept_2m = true, .ept_1g = true, .switches = ~0u, .physical_width = 52,
		},
		.own_pml4_entry = own_pml4_entry,
	};
	return case_memory_start(&memory, &ept) ? 0 : -1;
}

static int make_memory_with_holes(void **state)
{
	int result;

	(void)state;
	memory_has_holes = true;
	result = make_memory_with(false);
	memory_has_holes = false;
	return result;
}

static int make_memory(void **state)
{
	(void)state;
	return make_memory_with(false);
}

/* As the EPT matrix makes it. */
static int make_memory_of_matrix(void **state)
{
	(void)state;
	return make_memory_with(true);
}

static int give_memory_back(void **state)
{
	(void)state;
	return munmap(reserved, 2 * GIB);
}

static bool is_own(u64 address)
{
	return address >= (u64)pages_start && address < (u64)pages_next;
}

static u64 checksum(void)
{
	u64 sum = 0;

	for (u64 *word = (void *)pages_start; word < (u64 *)(void *)pages_next; word++)
		if ((u8 *)word < memory.code || (u8 *)word >= memory.code + PAGE_SIZE)
			sum = sum * 31 + *word;
	return sum;
}

/* --- The generator --------------------------------------------------------------------------- */

static struct test_case random_case(u64 seed, u64 number)
{
	struct test_case test_case;

	memset(&test_case, 0, sizeof(test_case));
	case_random(&test_case, &memory.offers, seed, number);
	return test_case;
}

static void a_case_depends_on_seed_and_number_alone(void **state)
{
	struct test_case first = random_case(7, 1000), again;

	(void)state;
	random_case(8, 3);
	again = random_case(7, 1000);
	assert_true(case_is_same(&first, &again));
}

static void cases_that_differ_in_one_thing_are_not_the_same(void **state)
{
	const struct test_case first = { .flip_count = 1, .flips = { { .bits = 1 } } };

	(void)state;
#define EXPECT_DIFFERENT(field)                                                                    \
	do {                                                                                       \
		struct test_case changed = first;                                                  \
		changed.field ^= 1;                                                                \
		assert_true(case_is_same(&first, &first));                                         \
		assert_false(case_is_same(&first, &changed));                                      \
	} while (0)
	EXPECT_DIFFERENT(paging);
	EXPECT_DIFFERENT(access);
	EXPECT_DIFFERENT(offset);
	EXPECT_DIFFERENT(size);
	EXPECT_DIFFERENT(guest_leaf);
	EXPECT_DIFFERENT(ept_leaf[CASE_OTHER_DATA]);
	EXPECT_DIFFERENT(switches);
	EXPECT_DIFFERENT(flip_count);
	EXPECT_DIFFERENT(flips[0].guest);
	EXPECT_DIFFERENT(flips[0].which);
	EXPECT_DIFFERENT(flips[0].level);
	EXPECT_DIFFERENT(flips[0].bits);
#undef EXPECT_DIFFERENT
}

static void other_seeds_and_numbers_make_other_cases(void **state)
{
	unsigned same = 0;

	(void)state;
	for (u64 i = 0; i < 1000; i++) {
		struct test_case test_case = random_case(1, i), next = random_case(1, i + 1);
		struct test_case of_other_seed = random_case(2, i);

		same += case_is_same(&test_case, &next) + case_is_same(&test_case, &of_other_seed);
	}
	assert_true(same < 10);
}

/* Whether the case takes execution by user-mode addresses alone from an entry, and nothing else. */
static bool takes_user_execution(const struct test_case *test_case)
{
	for (unsigned i = 0; i < test_case->flip_count; i++)
		if (!test_case->flips[i].guest && test_case->flips[i].bits == EPT_USER_EXECUTE)
			return true;
	return false;
}

/* One of 15 where the control is on, which a bit that is chosen of all is seldom. */
static void permissions_are_four_with_mode_based_execute(void **state)
{
	unsigned with = 0, without = 0;

	(void)state;
	for (u64 i = 0; i < 2000; i++) {
		struct test_case test_case = random_case(0, i);
		bool by_mode = test_case.switches & CASE_EXECUTE_BY_MODE;

		*(by_mode ? &with : &without) += takes_user_execution(&test_case);
	}
	assert_true(with > 3 * without);
}

static void every_value_is_made_at_random(void **state)
{
	bool paging[CASE_PAGINGS] = { 0 }, access[CASE_ACCESSES] = { 0 }, leaf[4] = { 0 };
	unsigned flips[CASE_FLIPS + 1] = { 0 }, crossing = 0;
	u32 on = 0, off = 0;

	(void)state;
	for (u64 i = 0; i < 2000; i++) {
		struct test_case test_case = random_case(0, i);

		paging[test_case.paging] = true;
		access[test_case.access] = true;
		leaf[test_case.guest_leaf] = true;
		flips[test_case.flip_count]++;
		crossing += case_crosses_pages(&test_case);
		on |= test_case.switches;
		off |= ~test_case.switches;
	}
	for (unsigned i = 0; i < CASE_PAGINGS; i++)
		assert_true(paging[i]);
	for (unsigned i = 0; i < CASE_ACCESSES; i++)
		assert_true(access[i]);
	assert_true(leaf[EPT_PT] && leaf[EPT_PD] && leaf[EPT_PDPT]);
	assert_true(flips[0] && flips[1] && flips[2] && flips[3]);
	assert_true(crossing > 200 && crossing < 1000);
	assert_int_equal(on & BITS(11, 0), BITS(11, 0));
	assert_int_equal(off & BITS(11, 0), BITS(11, 0));
}

static void what_the_processor_lacks_is_not_made(void **state)
{
	struct case_offers least = {
		.paging = { [CASE_PAE] = true }, .physical_width = 36,
		.switches = CASE_WRITE_PROTECT, .switches_on = CASE_WRITE_PROTECT,
	};

	(void)state;
	for (u64 i = 0; i < 2000; i++) {
		struct test_case test_case;

		case_random(&test_case, &least, 5, i);
		assert_int_equal(test_case.paging, CASE_PAE);
		assert_int_equal(test_case.switches, CASE_WRITE_PROTECT);
		assert_true(test_case.guest_leaf <= EPT_PD && test_case.size <= 4);
		for (enum case_page page = 0; page < CASE_PAGES; page++)
			assert_int_equal(test_case.ept_leaf[page], EPT_PT);
	}
}

static void adjusting_a_case_again_changes_nothing(void **state)
{
	(void)state;
	for (u64 i = 0; i < 5000; i++) {
		struct test_case test_case = random_case(3, i), again = test_case;

		case_adjust(&again, &memory.offers);
		assert_true(case_is_same(&test_case, &again));
	}
}

/* --- What is built --------------------------------------------------------------------------- */

static struct test_case ordinary(enum case_paging paging, enum model_access_kind access)
{
	struct test_case test_case = {
		.paging = paging, .access = access, .size = 4, .guest_leaf = EPT_PT,
		.ept_leaf = { 1, 1, 1, 1, 1, 1, 1, 1 },
	};

	case_adjust(&test_case, &memory.offers);
	return test_case;
}

static const struct model_prediction *predicted(const struct test_case *test_case,
						const struct model_access *access)
{
	struct model model = case_model(&memory, test_case);

	model_predict(&model, access, 0, &result.prediction);
	return &result.prediction;
}

static void expect_reached(const struct test_case *test_case)
{
	struct model_access access, fetch;
	const struct model_prediction *prediction;

	case_build(&memory, test_case);
	fetch = case_model_fetch(test_case);
	assert_int_equal(predicted(test_case, &fetch)->outcome.event, MODEL_COMPLETES);
	assert_int_equal(result.prediction.pages[0].address.raw, hpa_of(memory.code).raw);
	access = case_model_access(&memory, test_case);
	prediction = predicted(test_case, &access);
	assert_int_equal(prediction->outcome.event, MODEL_COMPLETES);
	assert_int_equal(prediction->page_count, 1 + case_crosses_pages(test_case));
	assert_int_equal(prediction->pages[0].address.raw,
			 hpa_of(memory.page[CASE_DATA]).raw + test_case->offset);
	if (case_crosses_pages(test_case))
		assert_int_equal(prediction->pages[1].address.raw,
				 hpa_of(memory.page[CASE_OTHER_DATA]).raw);
	case_restore(&memory);
}

static void every_ordinary_case_reaches_its_page(void **state)
{
	(void)state;
	for (enum case_paging paging = 0; paging < CASE_PAGINGS; paging++)
		for (enum model_access_kind access = 0; access < CASE_ACCESSES; access++)
			for (unsigned i = 0; i < 3 * 3 * 2 * 2; i++) {
				struct test_case test_case = ordinary(paging, access);

				test_case.switches = CASE_PAGE_SIZE | (i & 1 ? CASE_USER_MODE : 0);
				test_case.offset = i & 2 ? PAGE_SIZE - 1 : 8;
				test_case.guest_leaf = (u8)(EPT_PT + i / 4 % 3);
				memset(test_case.ept_leaf, (int)(EPT_PT + i / 12), CASE_PAGES);
				case_adjust(&test_case, &memory.offers);
				expect_reached(&test_case);
			}
}

/* Whether an access violates EPT in the guest's page walk, if the EPT PML4 entry of the data allows
 * nothing. */
static bool walk_needs_pml4_entry_of_data(void)
{
	struct test_case test_case = ordinary(CASE_4_LEVEL, MODEL_READ);
	const struct model_prediction *prediction;
	struct model_access access;

	expect_reached(&test_case);
	test_case.flip_count = 1;
	test_case.flips[0] = (struct case_flip){
		.which = CASE_DATA, .level = EPT_PML4, .bits = RWX,
	};
	case_build(&memory, &test_case);
	access = case_model_access(&memory, &test_case);
	prediction = predicted(&test_case, &access);
	case_restore(&memory);
	assert_int_equal(prediction->outcome.event, MODEL_EPT_VIOLATION);
	return !(prediction->outcome.code & VIOLATION_TRANSLATION);
}

static void tables_use_the_pml4_entry_of_the_data(void **state)
{
	(void)state;
	assert_true(walk_needs_pml4_entry_of_data());
}

static void the_data_can_have_a_pml4_entry_of_its_own(void **state)
{
	(void)state;
	assert_false(walk_needs_pml4_entry_of_data());
}

static struct model model_with(enum case_paging paging, u32 switches)
{
	struct test_case test_case = ordinary(paging, MODEL_READ);

	test_case.switches = switches;
	case_adjust(&test_case, &memory.offers);
	case_build(&memory, &test_case);
	case_restore(&memory);
	return case_model(&memory, &test_case);
}

static void every_switch_is_a_bit_of_the_machine(void **state)
{
	struct model off = model_with(CASE_4_LEVEL, 0);

	(void)state;
#define EXPECT_ON(name, field, value)                                                              \
	assert_int_equal(model_with(CASE_4_LEVEL, CASE_##name).field ^ off.field, value)
	EXPECT_ON(WRITE_PROTECT, guest.cr0, CR0_WP);
	EXPECT_ON(SMEP, guest.cr4, CR4_SMEP);
	EXPECT_ON(SMAP, guest.cr4, CR4_SMAP);
	EXPECT_ON(EXECUTE_DISABLE, guest.efer, BIT(11));
	EXPECT_ON(ALIGNMENT_CHECK, guest.rflags, BIT(18));
	EXPECT_ON(USER_MODE, guest.cpl, 3);
	EXPECT_ON(EPT_FLAGS_ENABLED, controls.eptp, EPTP_ACCESSED_DIRTY);
#undef EXPECT_ON
	assert_int_equal(model_with(CASE_32_BIT, CASE_PAGE_SIZE).guest.cr4 ^
			 model_with(CASE_32_BIT, 0).guest.cr4, CR4_PSE);
}

static void every_paging_mode_is_that_of_its_registers(void **state)
{
	static const struct {
		u64 cr0, cr4, efer;
	} expected[CASE_PAGINGS] = {
		[CASE_NO_PAGING] = { 0, 0, 0 },
		[CASE_32_BIT] = { CR0_PG, 0, 0 },
		[CASE_PAE] = { CR0_PG, CR4_PAE, 0 },
		[CASE_4_LEVEL] = { CR0_PG, CR4_PAE, BIT(8) | BIT(10) },
		[CASE_5_LEVEL] = { CR0_PG, CR4_PAE | CR4_LA57, BIT(8) | BIT(10) },
	};

	(void)state;
	for (enum case_paging paging = 0; paging < CASE_PAGINGS; paging++) {
		struct model model = model_with(paging, 0);

		assert_int_equal(model.guest.cr0 & CR0_PG, expected[paging].cr0);
		assert_int_equal(model.guest.cr4 & (CR4_PAE | CR4_LA57), expected[paging].cr4);
		assert_int_equal(model.guest.efer, expected[paging].efer);
		assert_int_equal(model.guest.in_64bit_mode, expected[paging].efer != 0);
	}
}

static void switches_decide_about_flags_in_memory(void **state)
{
	struct test_case test_case = ordinary(CASE_4_LEVEL, MODEL_READ);

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		test_case.switches = (i & 1 ? CASE_EPT_FLAGS_SET : 0) |
				     (i & 2 ? CASE_GUEST_FLAGS_CLEAR : 0);
		case_build(&memory, &test_case);
		for (unsigned j = 0; j < memory.entry_count; j++) {
			const struct case_entry *entry = &memory.entries[j];
			bool code = !entry->ept_level && entry->place == memory.page[CASE_PML4];
			u64 flags = entry->ept_level ? BITS(9, 8) : BIT(5);
			bool set = entry->ept_level ? i & 1 : !(i & 2);

			if (!code)
				assert_int_equal(entry->before & flags, set ? flags : 0);
		}
		case_restore(&memory);
	}
}

static void restoring_undoes_a_case(void **state)
{
	u64 before = checksum();

	(void)state;
	for (u64 i = 0; i < 2000; i++) {
		struct test_case test_case = random_case(4, i);

		test_case.access = MODEL_READ;  /* VMCALL stays in the page after a fetch */
		test_case.size = 1;
		case_adjust(&test_case, &memory.offers);
		case_build(&memory, &test_case);
		case_restore(&memory);
	}
	assert_int_equal(checksum(), before);
}

/* Whether an entry of the guest's that should lead to a table maps a page instead. */
static bool maps_a_page_by_a_branch(const struct test_case *test_case)
{
	for (unsigned i = 0; i < test_case->flip_count; i++)
		if (test_case->flips[i].guest && test_case->flips[i].bits & GUEST_LARGE)
			return true;
	return false;
}

static void no_case_leads_to_memory_of_others(void **state)
{
	unsigned events[MODEL_BEYOND_MEMORY + 1] = { 0 };

	(void)state;
	for (u64 i = 0; i < 20000; i++) {
		struct test_case test_case = random_case(5, i);
		struct model_access access;
		const struct model_prediction *prediction;

		if (maps_a_page_by_a_branch(&test_case))
			continue;                       /* case_try() does not run all of these */
		case_build(&memory, &test_case);
		access = case_model_access(&memory, &test_case);
		prediction = predicted(&test_case, &access);
		events[prediction->outcome.event]++;
		for (unsigned j = 0; j < prediction->page_count; j++)
			assert_true(is_own(prediction->pages[j].address.raw));
		for (unsigned j = 0; j < prediction->update_count; j++)
			assert_true(is_own(prediction->updates[j].entry.raw));
		case_restore(&memory);
	}
	assert_true(events[MODEL_COMPLETES] > 2000 && events[MODEL_PAGE_FAULT] > 2000);
	assert_true(events[MODEL_EPT_VIOLATION] > 2000);
	assert_true(events[MODEL_EPT_MISCONFIGURATION] > 2000);
	assert_int_equal(events[MODEL_BEYOND_MEMORY], 0);
}

/* --- The shrinker ---------------------------------------------------------------------------- */

static bool always(void *context, const struct test_case *test_case)
{
	(void)context;
	(void)test_case;
	return true;
}

static void without_a_condition_the_smallest_read_is_left(void **state)
{
	(void)state;
	for (u64 i = 0; i < 500; i++) {
		struct test_case test_case = random_case(6, i);

		case_shrink(&test_case, &memory.offers, always, NULL);
		assert_int_equal(test_case.paging, CASE_NO_PAGING);
		assert_int_equal(test_case.access, MODEL_READ);
		assert_int_equal(test_case.size, 1);
		assert_int_equal(test_case.offset, 0);
		assert_int_equal(test_case.switches, 0);
		assert_int_equal(test_case.flip_count, 0);
	}
}

/* The access is a write with PAE paging or more, and bit 52 or 58 is inverted in an EPT entry that
 * maps the data. */
static bool meets_two_conditions(void *context, const struct test_case *test_case)
{
	u64 bits = 0;

	++*(unsigned *)context;
	for (unsigned i = 0; i < test_case->flip_count; i++)
		if (!test_case->flips[i].guest && test_case->flips[i].which == CASE_DATA)
			bits |= test_case->flips[i].bits;
	return test_case->paging >= CASE_PAE && test_case->access == MODEL_WRITE &&
	       bits & (BIT(52) | BIT(58));
}

static void only_what_the_condition_needs_is_left(void **state)
{
	unsigned shrunk = 0, tried = 0;

	(void)state;
	for (u64 i = 0; i < 20000; i++) {
		struct test_case test_case = random_case(9, i);
		unsigned counted;

		if (!meets_two_conditions(&tried, &test_case))
			continue;
		tried = 0;
		counted = case_shrink(&test_case, &memory.offers, meets_two_conditions, &tried);
		assert_int_equal(counted, tried);
		assert_true(counted < 200);
		assert_true(meets_two_conditions(&tried, &test_case));
		assert_int_equal(test_case.paging, CASE_PAE);
		assert_int_equal(test_case.access, MODEL_WRITE);
		assert_int_equal(test_case.flip_count, 1);
		assert_int_equal(test_case.flips[0].bits & (test_case.flips[0].bits - 1), 0);
		assert_int_equal(test_case.switches, 0);
		assert_int_equal(test_case.size, 1);
		shrunk++;
	}
	assert_true(shrunk > 20);
}

/* --- Quirks ---------------------------------------------------------------------------------- */

static bool parses(const char *list, u32 *quirks, struct word *wrong)
{
	return quirks_parse((struct word){ list, strlen(list) }, quirks, wrong);
}

static void quirks_are_named_in_a_list(void **state)
{
	struct word wrong;
	u32 quirks;

	(void)state;
	assert_true(parses("", &quirks, &wrong));
	assert_int_equal(quirks, 0);
	assert_true(parses("bit_12_of_large_page,walk_is_write_alone", &quirks, &wrong));
	assert_int_equal(quirks, BIT(QUIRK_bit_12_of_large_page) | BIT(QUIRK_walk_is_write_alone));
	assert_false(parses("walk_is_write_alone,walk_is,x", &quirks, &wrong));
	assert_int_equal(wrong.length, 7);
	assert_memory_equal(wrong.start, "walk_is", 7);
	assert_false(parses(",walk_is_write_alone", &quirks, &wrong));
	assert_int_equal(wrong.length, 0);
}

static u64 corrected_code(enum quirk quirk, u32 switches, u64 code)
{
	struct test_case test_case = ordinary(CASE_PAE, MODEL_READ);
	struct model_outcome observed = { .event = MODEL_EPT_VIOLATION, .code = code };
	struct model model;

	test_case.switches |= switches;
	case_build(&memory, &test_case);
	model = case_model(&memory, &test_case);
	quirks_correct((u32)BIT(quirk), &memory, &model, &observed);
	case_restore(&memory);
	return observed.code;
}

static void a_page_walk_reported_as_a_write_becomes_a_read_and_write(void **state)
{
	enum quirk quirk = QUIRK_walk_is_write_alone;

	(void)state;
	assert_int_equal(corrected_code(quirk, CASE_EPT_FLAGS_ENABLED, 0x82), 0x83);
	assert_int_equal(corrected_code(quirk, 0, 0x82), 0x82);
	assert_int_equal(corrected_code(quirk, CASE_EPT_FLAGS_ENABLED, 0x182), 0x182);
	assert_int_equal(corrected_code(quirk, CASE_EPT_FLAGS_ENABLED, 0x81), 0x81);
}

static void bit_13_becomes_bit_6_with_mode_based_execute(void **state)
{
	enum quirk quirk = QUIRK_user_execute_in_bit_13;

	(void)state;
	assert_int_equal(corrected_code(quirk, CASE_EXECUTE_BY_MODE, 0x2181), 0x1c1);
	assert_int_equal(corrected_code(quirk, CASE_EXECUTE_BY_MODE, 0x181), 0x181);
	assert_int_equal(corrected_code(quirk, 0, 0x2181), 0x2181);
}

static void a_misconfiguration_has_no_qualification(void **state)
{
	struct model_outcome misconfigured = { .event = MODEL_EPT_MISCONFIGURATION, .code = 0x181 };
	struct model_outcome violation = { .event = MODEL_EPT_VIOLATION, .code = 0x181 };

	(void)state;
	quirks_correct(BIT(QUIRK_misconfiguration_qualified), NULL, NULL, &misconfigured);
	quirks_correct(BIT(QUIRK_misconfiguration_qualified), NULL, NULL, &violation);
	assert_int_equal(misconfigured.code, 0);
	assert_int_equal(violation.code, 0x181);
}

/* Builds a case with bits 12 and 13 inverted in a 2 MiB leaf, as if the access had made of each
 * entry what `became` returns, and corrects for the quirk. */
static void correct_entries(enum quirk quirk, u32 switches, u64 (*became)(u64 before))
{
	struct test_case test_case = ordinary(CASE_PAE, MODEL_READ);
	struct model_outcome observed = { .event = MODEL_COMPLETES };
	struct model model;

	test_case.switches = switches;
	test_case.ept_leaf[CASE_DATA] = EPT_PD;
	test_case.flip_count = 1;
	test_case.flips[0] = (struct case_flip){
		.which = CASE_DATA, .level = EPT_PD, .bits = BIT(12) | BIT(13),
	};
	case_build(&memory, &test_case);
	for (unsigned i = 0; i < memory.entry_count; i++)
		memory.entries[i].after = became(memory.entries[i].before);
	model = case_model(&memory, &test_case);
	quirks_correct((u32)BIT(quirk), &memory, &model, &observed);
}

static u64 unchanged(u64 before)
{
	return before;
}

static void bit_12_of_a_large_page_becomes_0(void **state)
{
	unsigned corrected = 0;

	(void)state;
	correct_entries(QUIRK_bit_12_of_large_page, 0, unchanged);
	for (unsigned i = 0; i < memory.entry_count; i++) {
		const struct case_entry *entry = &memory.entries[i];
		u64 now = case_entry_read(entry);

		assert_int_equal(now, entry->after);
		corrected += now != entry->before;
		if (entry->ept_level == EPT_PD && entry->page == CASE_DATA)
			assert_int_equal(now ^ entry->before, BIT(12));
	}
	assert_int_equal(corrected, 1);
	case_restore(&memory);
}

static u64 all_bits_set(u64 before)
{
	(void)before;
	return ~0ul;
}

/* Only flags, only those that the processor set, and only without flags of EPT. */
static void flags_of_the_guest_are_set_beforehand(void **state)
{
	(void)state;
	for (unsigned on = 0; on < 2; on++) {
		u32 switches = CASE_GUEST_FLAGS_CLEAR | (on ? CASE_EPT_FLAGS_ENABLED : 0);
		u64 flags = on ? 0 : BITS(6, 5);

		correct_entries(QUIRK_guest_flags_not_refused, switches, all_bits_set);
		for (unsigned i = 0; i < memory.entry_count; i++) {
			const struct case_entry *entry = &memory.entries[i];

			assert_int_equal(case_entry_read(entry) ^ entry->before,
					 entry->ept_level ? 0 : flags & ~entry->before);
		}
		case_restore(&memory);
	}
}

/* --- The printer ----------------------------------------------------------------------------- */

static void print_case(const struct test_case *test_case)
{
	struct model_access access;

	printed[0] = '\0';
	case_build(&memory, test_case);
	access = case_model_access(&memory, test_case);
	predicted(test_case, &access);
	result.verdict = CASE_AGREES;
	case_undo_access(&memory);
	case_restore(&memory);
	case_print(&memory, test_case, &result, "From a test.");
}

/* Lines that were printed; but addresses in this program are different in every run. */
static void expect_printed(const char *text)
{
	if (!strstr(printed, text))
		fail_msg("not printed:\n%s\nbut:\n%s", text, printed);
}

static void mode_based_execute_is_printed(void **state)
{
	struct test_case test_case = ordinary(CASE_4_LEVEL, MODEL_READ);

	(void)state;
	test_case.switches = CASE_EXECUTE_BY_MODE;
	test_case.flip_count = 1;
	test_case.flips[0] = (struct case_flip){
		.which = CASE_DATA, .level = EPT_PT, .bits = EPT_EXECUTE,
	};
	case_adjust(&test_case, &memory.offers);
	print_case(&test_case);
	expect_printed("  |         page    CODE, at=0x1000, access=r-x, entry_bits=0x400\n");
	expect_printed(", access=rw-, entry_bits=0x400\n");
	expect_printed("  |         needs   mode_based_execute\n"
		       "  |         vmcs    SECONDARY_CONTROLS, "
		       "set=SECONDARY_mode_based_execute\n");
}

static void a_case_is_printed_as_a_scenario(void **state)
{
	struct test_case test_case = ordinary(CASE_4_LEVEL, MODEL_WRITE);

	(void)state;
	test_case.switches = CASE_WRITE_PROTECT | CASE_EPT_FLAGS_ENABLED;
	test_case.flip_count = 2;
	test_case.flips[0] = (struct case_flip){
		.which = CASE_DATA, .level = EPT_PD, .bits = EPT_WRITE | BIT(52),
	};
	test_case.flips[1] = (struct case_flip){ .guest = true, .level = EPT_PT, .bits = BIT(63) };
	test_case.switches |= CASE_EXECUTE_DISABLE;
	case_adjust(&test_case, &memory.offers);
	print_case(&test_case);
	expect_printed("  | ; From a test.\n  | \n  | %include \"scenario.inc\"\n  | \n"
		       "  | scenario \"a write of 4 bytes with 4-level paging ends as "
		       "the SDM says\"\n");
	expect_printed("  |         page    CODE, at=0x1000, access=r-x\n"
		       "  |         page    CODE_PDPT, at=0x2000, access=rw-\n"
		       "  |         page    CODE_PD, at=0x3000, access=rw-\n"
		       "  |         page    PML4, at=0x8140001000, access=rw-\n"
		       "  |         page    PDPT, at=0x8180002000, access=rw-\n"
		       "  |         page    PD, at=0x81c0003000, access=rw-\n"
		       "  |         page    PT, at=0x8200004000, access=rw-\n");
	expect_printed("  |         entry   DATA, level=pd, access=r-x, set=0x10000000000000\n"
		       "  |         needs   accessed_dirty\n"
		       "  |         vmcs    EPT_POINTER, set=1 << 6\n"
		       "  |         vmcs    GUEST_CR0, set=1 << 16          ; WP\n"
		       "  |         set     cr3, PML4\n");
	expect_printed("  |         expect  ept_violation, gpa=DATA, gla=");
	expect_printed("  | guest CODE\n  | \n  |         mov     [rbx], eax\n"
		       "  |         vmcall\n");
	expect_printed("  | contents PT\n");
	expect_printed("  |         dq      DATA + 0x67 ^ 0x8000000000000000\n");
}

static void a_large_page_is_printed_with_its_contents_in_place(void **state)
{
	struct test_case test_case = ordinary(CASE_32_BIT, MODEL_READ);

	(void)state;
	test_case.ept_leaf[CASE_PT] = EPT_PD;
	case_adjust(&test_case, &memory.offers);
	print_case(&test_case);
	expect_printed("  |         page    PT_PAGE, at=0xc0000000, access=rw-, level=pd\n"
		       "  | PT       equ    PT_PAGE + 0x4000\n");
	expect_printed("  |         vmcs    GUEST_CR0, set=1 << 31          ; PG\n");
	expect_printed("  | guest CODE, mode=flat32\n");
	expect_printed("  | contents PT_PAGE\n  |         times 0x4");
	expect_printed("  |         dd      DATA + 0x67\n");
}

static void an_exit_the_model_does_not_know_is_printed_by_name(void **state)
{
	struct test_case test_case = ordinary(CASE_NO_PAGING, MODEL_FETCH);

	(void)state;
	print_case(&test_case);
	result.verdict = CASE_OUTCOME_DIFFERS;
	result.known = false;
	result.exit = 2;
	printed[0] = '\0';
	case_print(&memory, &test_case, &result, "From a test.");
	expect_printed("  | ; The model: completes\n  |         expect  vmcall\n"
		       "  | ; This processor, where that is not so:\n"
		       "  | ;       expect  triple_fault\n");
	expect_printed("  | contents DATA\n  |         db      0xf\n  |         db      0x1\n"
		       "  |         db      0xc1\n");
}

static void expect_types(unsigned small, unsigned large)
{
	for (unsigned in_64_bit = 0; in_64_bit < 2; in_64_bit++)
		for (enum case_page page = CASE_PD; page < CASE_PAGES; page++) {
			const u64 *leaf = memory.mapping[in_64_bit][page].leaf;

			assert_int_equal(leaf[EPT_PT] >> 3 & 7, small);
			assert_int_equal(leaf[EPT_PD] >> 3 & 7, large);
			assert_int_equal(leaf[EPT_PDPT] >> 3 & 7, large);
		}
}

static void pages_of_memory_are_cached(void **state)
{
	(void)state;
	expect_types(WB, WB);
}

static void large_pages_of_more_than_memory_are_not_cached(void **state)
{
	(void)state;
	expect_types(WB, UC);
}

int main(void)
{
#define TEST_OF_MEMORY(test) cmocka_unit_test_setup_teardown(test, make_memory, give_memory_back)
	const struct CMUnitTest tests[] = {
		TEST_OF_MEMORY(a_case_depends_on_seed_and_number_alone),
		TEST_OF_MEMORY(cases_that_differ_in_one_thing_are_not_the_same),
		TEST_OF_MEMORY(other_seeds_and_numbers_make_other_cases),
		TEST_OF_MEMORY(every_value_is_made_at_random),
		TEST_OF_MEMORY(permissions_are_four_with_mode_based_execute),
		TEST_OF_MEMORY(what_the_processor_lacks_is_not_made),
		TEST_OF_MEMORY(adjusting_a_case_again_changes_nothing),
		TEST_OF_MEMORY(every_ordinary_case_reaches_its_page),
		TEST_OF_MEMORY(tables_use_the_pml4_entry_of_the_data),
		TEST_OF_MEMORY(pages_of_memory_are_cached),
		cmocka_unit_test_setup_teardown(large_pages_of_more_than_memory_are_not_cached,
						make_memory_with_holes, give_memory_back),
		cmocka_unit_test_setup_teardown(the_data_can_have_a_pml4_entry_of_its_own,
						make_memory_of_matrix, give_memory_back),
		TEST_OF_MEMORY(every_switch_is_a_bit_of_the_machine),
		TEST_OF_MEMORY(every_paging_mode_is_that_of_its_registers),
		TEST_OF_MEMORY(switches_decide_about_flags_in_memory),
		TEST_OF_MEMORY(restoring_undoes_a_case),
		TEST_OF_MEMORY(no_case_leads_to_memory_of_others),
		TEST_OF_MEMORY(without_a_condition_the_smallest_read_is_left),
		TEST_OF_MEMORY(only_what_the_condition_needs_is_left),
		TEST_OF_MEMORY(quirks_are_named_in_a_list),
		TEST_OF_MEMORY(a_page_walk_reported_as_a_write_becomes_a_read_and_write),
		TEST_OF_MEMORY(bit_13_becomes_bit_6_with_mode_based_execute),
		cmocka_unit_test(a_misconfiguration_has_no_qualification),
		TEST_OF_MEMORY(bit_12_of_a_large_page_becomes_0),
		TEST_OF_MEMORY(flags_of_the_guest_are_set_beforehand),
		TEST_OF_MEMORY(a_case_is_printed_as_a_scenario),
		TEST_OF_MEMORY(mode_based_execute_is_printed),
		TEST_OF_MEMORY(a_large_page_is_printed_with_its_contents_in_place),
		TEST_OF_MEMORY(an_exit_the_model_does_not_know_is_printed_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
