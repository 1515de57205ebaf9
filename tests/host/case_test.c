/* case_test.c -- cases made at random: what they may be, what is built of them, how they are made
 * smaller and printed
 * links: tests/suites/cases/case.c tests/suites/cases/case_memory.c
 * links: tests/suites/cases/case_random.c tests/suites/cases/case_shrink.c
 * links: tests/suites/cases/case_print.c ept/table.c kernel/print.c
 * links: tests/suites/cases/case_print_names.c tests/suites/cases/case_print_pages.c
 * links: tests/suites/cases/case_print_steps.c tests/suites/cases/case_print_contents.c
 * links: tests/suites/cases/case_quirks.c tests/model/access.c tests/model/access_rights.c
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
#include "kernel/control_registers.h"
#include "kernel/memory.h"
#include "tests/suites/cases/case_print.h"
#include "tests/suites/cases/case_quirks.h"
#include "tests/suites/cases/case_random.h"
#include "tests/suites/cases/case_shrink.h"

#define GUEST_LARGE BIT(7)
#define GIB         BIT(30)

/* All pages stand in one GiB, as in the kernel: cases count on it. */
static u8 *reserved, *pages_start, *pages_next;

static struct case_memory memory;
static struct case_result result;
static char printed[16 * 1024];

/* --- What the code takes from the kernel ----------------------------------------------------- */

void *pages_alloc(size_t count)
{
	u8 *piece = pages_next;

	pages_next += count * PAGE_SIZE;
	return piece;
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

void note(const char *format, ...);    /* tests/report/test.h, whose skip() is cmocka's, too */

void note(const char *format, ...)
{
	size_t length = strlen(printed);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(printed + length, sizeof(printed) - length - 1, format, arguments);
	va_end(arguments);
	strcat(printed, "\n");
}

/* Addresses of this program have more bits than a processor must have. */
static int memory_made(void **state)
{
	struct ept ept;

	(void)state;
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
	};
	return case_memory_start(&memory, &ept) ? 0 : -1;
}

static int memory_given_back(void **state)
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

static struct ept_case made(u64 seed, u64 number)
{
	struct ept_case that;

	memset(&that, 0, sizeof(that));
	case_random(&that, &memory.offers, seed, number);
	return that;
}

static bool is_like(const struct ept_case *left, const struct ept_case *right)
{
	if (left->paging != right->paging || left->access != right->access ||
	    left->offset != right->offset || left->size != right->size ||
	    left->guest_leaf != right->guest_leaf || left->switches != right->switches ||
	    left->twist_count != right->twist_count ||
	    memcmp(left->ept_leaf, right->ept_leaf, sizeof(left->ept_leaf)) != 0)
		return false;
	for (unsigned i = 0; i < left->twist_count; i++)
		if (left->twists[i].bits != right->twists[i].bits ||
		    left->twists[i].which != right->twists[i].which ||
		    left->twists[i].level != right->twists[i].level ||
		    left->twists[i].guest != right->twists[i].guest)
			return false;
	return true;
}

static void seed_and_number_make_the_case_whatever_came_before(void **state)
{
	struct ept_case first = made(7, 1000), again;

	(void)state;
	made(8, 3);
	again = made(7, 1000);
	assert_true(is_like(&first, &again));
}

static void other_seeds_and_numbers_make_other_cases(void **state)
{
	unsigned like = 0;

	(void)state;
	for (u64 i = 0; i < 1000; i++) {
		struct ept_case that = made(1, i), next = made(1, i + 1), seed = made(2, i);

		like += is_like(&that, &next) + is_like(&that, &seed);
	}
	assert_true(like < 10);
}

static void everything_is_made_sooner_or_later(void **state)
{
	bool paging[CASE_PAGINGS] = { 0 }, access[ARENA_ACCESSES] = { 0 }, leaf[4] = { 0 };
	unsigned twists[CASE_TWISTS + 1] = { 0 }, crossing = 0;
	u32 on = 0, off = 0;

	(void)state;
	for (u64 i = 0; i < 2000; i++) {
		struct ept_case that = made(0, i);

		paging[that.paging] = access[that.access] = leaf[that.guest_leaf] = true;
		twists[that.twist_count]++;
		crossing += case_crosses(&that);
		on |= that.switches;
		off |= ~that.switches;
	}
	for (unsigned i = 0; i < CASE_PAGINGS; i++)
		assert_true(paging[i]);
	for (unsigned i = 0; i < ARENA_ACCESSES; i++)
		assert_true(access[i]);
	assert_true(leaf[EPT_PT] && leaf[EPT_PD] && leaf[EPT_PDPT]);
	assert_true(twists[0] && twists[1] && twists[2] && twists[3]);
	assert_true(crossing > 200 && crossing < 1000);
	assert_int_equal(on & BITS(10, 0), BITS(10, 0));
	assert_int_equal(off & BITS(10, 0), BITS(10, 0));
}

static void what_the_processor_lacks_is_not_made(void **state)
{
	struct case_offers least = {
		.paging = { [CASE_PAE] = true }, .physical_width = 36,
		.switches = CASE_WRITE_PROTECT, .switches_on = CASE_WRITE_PROTECT,
	};

	(void)state;
	for (u64 i = 0; i < 2000; i++) {
		struct ept_case that;

		case_random(&that, &least, 5, i);
		assert_int_equal(that.paging, CASE_PAE);
		assert_int_equal(that.switches, CASE_WRITE_PROTECT);
		assert_true(that.guest_leaf <= EPT_PD && that.size <= 4);
		for (enum case_page page = 0; page < CASE_PAGES; page++)
			assert_int_equal(that.ept_leaf[page], EPT_PT);
	}
}

static void a_case_that_was_settled_stays_as_it_is(void **state)
{
	(void)state;
	for (u64 i = 0; i < 5000; i++) {
		struct ept_case that = made(3, i), again = that;

		case_settle(&again, &memory.offers);
		assert_true(is_like(&that, &again));
	}
}

/* --- What is built --------------------------------------------------------------------------- */

static struct ept_case ordinary(enum case_paging paging, enum arena_access access)
{
	struct ept_case that = {
		.paging = paging, .access = access, .size = 4, .guest_leaf = EPT_PT,
		.ept_leaf = { 1, 1, 1, 1, 1, 1, 1, 1 },
	};

	case_settle(&that, &memory.offers);
	return that;
}

static const struct model_prediction *predicted(const struct ept_case *that,
						const struct model_access *access)
{
	struct model model = case_model(&memory, that);

	model_predict(&model, access, 0, &result.prediction);
	return &result.prediction;
}

static void expect_reached(const struct ept_case *that)
{
	struct model_access access, fetch;
	const struct model_prediction *prediction;

	case_memory_build(&memory, that);
	fetch = case_code_fetch(that);
	assert_int_equal(predicted(that, &fetch)->outcome.event, MODEL_COMPLETES);
	assert_int_equal(result.prediction.pages[0].address.raw, hpa_of(memory.code).raw);
	access = case_access(&memory, that);
	prediction = predicted(that, &access);
	assert_int_equal(prediction->outcome.event, MODEL_COMPLETES);
	assert_int_equal(prediction->page_count, 1 + case_crosses(that));
	assert_int_equal(prediction->pages[0].address.raw,
			 hpa_of(memory.page[CASE_DATA]).raw + that->offset);
	if (case_crosses(that))
		assert_int_equal(prediction->pages[1].address.raw,
				 hpa_of(memory.page[CASE_OTHER_DATA]).raw);
	case_memory_restore(&memory);
}

static void every_ordinary_case_reaches_its_page(void **state)
{
	(void)state;
	for (enum case_paging paging = 0; paging < CASE_PAGINGS; paging++)
		for (enum arena_access access = 0; access < ARENA_ACCESSES; access++)
			for (unsigned i = 0; i < 3 * 3 * 2 * 2; i++) {
				struct ept_case that = ordinary(paging, access);

				that.switches = CASE_PAGE_SIZE | (i & 1 ? CASE_USER_MODE : 0);
				that.offset = i & 2 ? PAGE_SIZE - 1 : 8;
				that.guest_leaf = (u8)(EPT_PT + i / 4 % 3);
				memset(that.ept_leaf, (int)(EPT_PT + i / 12), CASE_PAGES);
				case_settle(&that, &memory.offers);
				expect_reached(&that);
			}
}

static struct model model_with(enum case_paging paging, u32 switches)
{
	struct ept_case that = ordinary(paging, ARENA_READ);

	that.switches = switches;
	case_settle(&that, &memory.offers);
	case_memory_build(&memory, &that);
	case_memory_restore(&memory);
	return case_model(&memory, &that);
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
	EXPECT_ON(EPT_FLAGS, controls.eptp, EPTP_ACCESSED_DIRTY);
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

static void marks_are_in_memory_as_the_switches_say(void **state)
{
	struct ept_case that = ordinary(CASE_4_LEVEL, ARENA_READ);

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		that.switches = (i & 1 ? CASE_EPT_MARKED : 0) | (i & 2 ? CASE_GUEST_UNMARKED : 0);
		case_memory_build(&memory, &that);
		for (unsigned j = 0; j < memory.entry_count; j++) {
			const struct case_entry *entry = &memory.entries[j];
			bool code = !entry->ept_level && entry->place == memory.page[CASE_PML4];

			u64 marks = entry->ept_level ? BITS(9, 8) : BIT(5);
			bool set = entry->ept_level ? i & 1 : !(i & 2);

			if (!code)
				assert_int_equal(entry->before & marks, set ? marks : 0);
		}
		case_memory_restore(&memory);
	}
}

static void nothing_is_left_of_a_case(void **state)
{
	u64 before = checksum();

	(void)state;
	for (u64 i = 0; i < 2000; i++) {
		struct ept_case that = made(4, i);

		that.access = ARENA_READ;               /* a fetch leaves VMCALL where it was */
		that.size = 1;
		case_settle(&that, &memory.offers);
		case_memory_build(&memory, &that);
		case_memory_restore(&memory);
	}
	assert_int_equal(checksum(), before);
}

static bool makes_tables_pages(const struct ept_case *that)
{
	for (unsigned i = 0; i < that->twist_count; i++)
		if (that->twists[i].guest && that->twists[i].bits & GUEST_LARGE)
			return true;
	return false;
}

static void no_case_leads_elsewhere(void **state)
{
	unsigned events[MODEL_BEYOND_MEMORY + 1] = { 0 };

	(void)state;
	for (u64 i = 0; i < 20000; i++) {
		struct ept_case that = made(5, i);
		struct model_access access;
		const struct model_prediction *prediction;

		if (makes_tables_pages(&that))          /* which the suite asks the model about */
			continue;
		case_memory_build(&memory, &that);
		access = case_access(&memory, &that);
		prediction = predicted(&that, &access);
		events[prediction->outcome.event]++;
		for (unsigned j = 0; j < prediction->page_count; j++)
			assert_true(is_own(prediction->pages[j].address.raw));
		for (unsigned j = 0; j < prediction->update_count; j++)
			assert_true(is_own(prediction->updates[j].entry.raw));
		case_memory_restore(&memory);
	}
	assert_true(events[MODEL_COMPLETES] > 2000 && events[MODEL_PAGE_FAULT] > 2000);
	assert_true(events[MODEL_EPT_VIOLATION] > 2000);
	assert_true(events[MODEL_EPT_MISCONFIGURATION] > 2000);
	assert_int_equal(events[MODEL_BEYOND_MEMORY], 0);
}

/* --- The shrinker ---------------------------------------------------------------------------- */

static bool always(void *context, const struct ept_case *that)
{
	(void)context;
	(void)that;
	return true;
}

static void what_every_case_shows_a_plain_read_shows(void **state)
{
	(void)state;
	for (u64 i = 0; i < 500; i++) {
		struct ept_case that = made(6, i);

		case_shrink(&that, &memory.offers, always, NULL);
		assert_int_equal(that.paging, CASE_NO_PAGING);
		assert_int_equal(that.access, ARENA_READ);
		assert_int_equal(that.size, 1);
		assert_int_equal(that.offset, 0);
		assert_int_equal(that.switches, 0);
		assert_int_equal(that.twist_count, 0);
	}
}

/* A fault of an L0 that needs two things: a write in PAE paging or above, and bit 52 or bit 58 of
 * an EPT entry of the data. */
static bool shows_two_things(void *context, const struct ept_case *that)
{
	u64 bits = 0;

	++*(unsigned *)context;
	for (unsigned i = 0; i < that->twist_count; i++)
		if (!that->twists[i].guest && that->twists[i].which == CASE_DATA)
			bits |= that->twists[i].bits;
	return that->paging >= CASE_PAE && that->access == ARENA_WRITE &&
	       bits & (BIT(52) | BIT(58));
}

static void what_is_needed_stays_and_nothing_else(void **state)
{
	unsigned shrunk = 0, tried = 0;

	(void)state;
	for (u64 i = 0; i < 20000; i++) {
		struct ept_case that = made(9, i);
		unsigned counted;

		if (!shows_two_things(&tried, &that))
			continue;
		tried = 0;
		counted = case_shrink(&that, &memory.offers, shows_two_things, &tried);
		assert_int_equal(counted, tried);
		assert_true(counted < 200);
		assert_true(shows_two_things(&tried, &that));
		assert_int_equal(that.paging, CASE_PAE);
		assert_int_equal(that.access, ARENA_WRITE);
		assert_int_equal(that.twist_count, 1);
		assert_int_equal(that.twists[0].bits & (that.twists[0].bits - 1), 0);
		assert_int_equal(that.switches, 0);
		assert_int_equal(that.size, 1);
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

static u64 straightened_code(u32 switches, u64 code)
{
	struct ept_case that = ordinary(CASE_PAE, ARENA_READ);
	struct model_outcome observed = { .event = MODEL_EPT_VIOLATION, .code = code };
	struct model model;

	that.switches |= switches;
	case_memory_build(&memory, &that);
	model = case_model(&memory, &that);
	quirks_straighten(BIT(QUIRK_walk_is_write_alone), &memory, &model, &observed);
	case_memory_restore(&memory);
	return observed.code;
}

static void a_walk_reported_as_a_write_is_read_as_both(void **state)
{
	(void)state;
	assert_int_equal(straightened_code(CASE_EPT_FLAGS, 0x82), 0x83);
	assert_int_equal(straightened_code(0, 0x82), 0x82);
	assert_int_equal(straightened_code(CASE_EPT_FLAGS, 0x182), 0x182);
	assert_int_equal(straightened_code(CASE_EPT_FLAGS, 0x81), 0x81);
}

/* Builds the case, and lets each of its entries become what `became` says. */
static void straighten_entries(enum quirk quirk, u32 switches, u64 (*became)(u64 before))
{
	struct ept_case that = ordinary(CASE_PAE, ARENA_READ);
	struct model_outcome observed = { .event = MODEL_COMPLETES };
	struct model model;

	that.switches = switches;
	that.ept_leaf[CASE_DATA] = EPT_PD;
	that.twist_count = 1;
	that.twists[0] = (struct case_twist){
		.which = CASE_DATA, .level = EPT_PD, .bits = BIT(12) | BIT(13),
	};
	case_memory_build(&memory, &that);
	for (unsigned i = 0; i < memory.entry_count; i++)
		memory.entries[i].after = became(memory.entries[i].before);
	model = case_model(&memory, &that);
	quirks_straighten((u32)BIT(quirk), &memory, &model, &observed);
}

static u64 the_same(u64 before)
{
	return before;
}

static void bit_12_of_large_pages_is_as_if_it_were_0(void **state)
{
	unsigned straightened = 0;

	(void)state;
	straighten_entries(QUIRK_bit_12_of_large_page, 0, the_same);
	for (unsigned i = 0; i < memory.entry_count; i++) {
		const struct case_entry *entry = &memory.entries[i];
		u64 now = case_entry_read(entry);

		assert_int_equal(now, entry->after);
		straightened += now != entry->before;
		if (entry->ept_level == EPT_PD && entry->page == CASE_DATA)
			assert_int_equal(now ^ entry->before, BIT(12));
	}
	assert_int_equal(straightened, 1);
	case_memory_restore(&memory);
}

static u64 everything_set(u64 before)
{
	(void)before;
	return ~0ul;
}

/* Flags that the processor set, and no other bits; with flags in EPT there is nothing to excuse. */
static void guest_flags_are_as_if_they_had_been_set(void **state)
{
	(void)state;
	for (unsigned on = 0; on < 2; on++) {
		u64 marks = on ? 0 : BITS(6, 5);

		straighten_entries(QUIRK_guest_flags_not_refused,
				   (u32)(CASE_GUEST_UNMARKED | (on ? CASE_EPT_FLAGS : 0)),
				   everything_set);
		for (unsigned i = 0; i < memory.entry_count; i++) {
			const struct case_entry *entry = &memory.entries[i];

			assert_int_equal(case_entry_read(entry) ^ entry->before,
					 entry->ept_level ? 0 : marks & ~entry->before);
		}
		case_memory_restore(&memory);
	}
}

/* --- The printer ----------------------------------------------------------------------------- */

static void print_it(const struct ept_case *that)
{
	struct model_access access;

	printed[0] = '\0';
	case_memory_build(&memory, that);
	access = case_access(&memory, that);
	predicted(that, &access);
	result.verdict = CASE_AGREES;
	case_memory_rewind(&memory);
	case_memory_restore(&memory);
	case_print(&memory, that, &result, "From a test.");
}

/* Lines of it, with what stands in a place of this program left out. */
static void expect_printed(const char *text)
{
	if (!strstr(printed, text))
		fail_msg("not printed:\n%s\nbut:\n%s", text, printed);
}

static void a_case_is_printed_as_a_scenario(void **state)
{
	struct ept_case that = ordinary(CASE_4_LEVEL, ARENA_WRITE);

	(void)state;
	that.switches = CASE_WRITE_PROTECT | CASE_EPT_FLAGS;
	that.twist_count = 2;
	that.twists[0] = (struct case_twist){
		.which = CASE_DATA, .level = EPT_PD, .bits = EPT_WRITE | BIT(52),
	};
	that.twists[1] = (struct case_twist){ .guest = true, .level = EPT_PT, .bits = BIT(63) };
	that.switches |= CASE_EXECUTE_DISABLE;
	case_settle(&that, &memory.offers);
	print_it(&that);
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
	struct ept_case that = ordinary(CASE_32_BIT, ARENA_READ);

	(void)state;
	that.ept_leaf[CASE_PT] = EPT_PD;
	case_settle(&that, &memory.offers);
	print_it(&that);
	expect_printed("  |         page    PT_PAGE, at=0xc0000000, access=rw-, level=pd\n"
		       "  | PT       equ    PT_PAGE + 0x4000\n");
	expect_printed("  |         vmcs    GUEST_CR0, set=1 << 31          ; PG\n");
	expect_printed("  | guest CODE, mode=flat32\n");
	expect_printed("  | contents PT_PAGE\n  |         times 0x4");
	expect_printed("  |         dd      DATA + 0x67\n");
}

static void an_exit_the_model_does_not_know_is_printed_by_name(void **state)
{
	struct ept_case that = ordinary(CASE_NO_PAGING, ARENA_FETCH);

	(void)state;
	print_it(&that);
	result.verdict = CASE_OUTCOME_DIFFERS;
	result.known = false;
	result.exit = 2;
	printed[0] = '\0';
	case_print(&memory, &that, &result, "From a test.");
	expect_printed("  | ; The model: completes\n  |         expect  vmcall\n"
		       "  | ; This processor, where that is not so:\n"
		       "  | ;       expect  triple_fault\n");
	expect_printed("  | contents DATA\n  |         db      0xf\n  |         db      0x1\n"
		       "  |         db      0xc1\n");
}

int main(void)
{
#define TEST_OF_MEMORY(test) cmocka_unit_test_setup_teardown(test, memory_made, memory_given_back)
	const struct CMUnitTest tests[] = {
		TEST_OF_MEMORY(seed_and_number_make_the_case_whatever_came_before),
		TEST_OF_MEMORY(other_seeds_and_numbers_make_other_cases),
		TEST_OF_MEMORY(everything_is_made_sooner_or_later),
		TEST_OF_MEMORY(what_the_processor_lacks_is_not_made),
		TEST_OF_MEMORY(a_case_that_was_settled_stays_as_it_is),
		TEST_OF_MEMORY(every_ordinary_case_reaches_its_page),
		TEST_OF_MEMORY(every_switch_is_a_bit_of_the_machine),
		TEST_OF_MEMORY(every_paging_mode_is_that_of_its_registers),
		TEST_OF_MEMORY(marks_are_in_memory_as_the_switches_say),
		TEST_OF_MEMORY(nothing_is_left_of_a_case),
		TEST_OF_MEMORY(no_case_leads_elsewhere),
		TEST_OF_MEMORY(what_every_case_shows_a_plain_read_shows),
		TEST_OF_MEMORY(what_is_needed_stays_and_nothing_else),
		TEST_OF_MEMORY(quirks_are_named_in_a_list),
		TEST_OF_MEMORY(a_walk_reported_as_a_write_is_read_as_both),
		TEST_OF_MEMORY(bit_12_of_large_pages_is_as_if_it_were_0),
		TEST_OF_MEMORY(guest_flags_are_as_if_they_had_been_set),
		TEST_OF_MEMORY(a_case_is_printed_as_a_scenario),
		TEST_OF_MEMORY(a_large_page_is_printed_with_its_contents_in_place),
		TEST_OF_MEMORY(an_exit_the_model_does_not_know_is_printed_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
