/* guest_walk_model_test.c -- the walk that explains an exit, and the model of the processor, which
 * shares no code with it, about guest tables and EPT permissions made at random
 * links: ept/entry.c ept/misconfiguration.c ept/permission.c ept/table.c ept/walk.c
 * links: vmx/guest_walk.c kernel/print.c
 * links: tests/model/access.c tests/model/access_rights.c tests/model/ept.c tests/model/flags.c
 * links: tests/model/guest_paging.c tests/model/sub_page.c tests/model/walk.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "tests/host/pages.h"
#include "tests/model/model.h"
#include "vmx/guest_walk.h"

#define CASES       100000
#define TABLES      8                           /* guest pages of entries */
#define PLACES      10                          /* where entries lead; two are not there */
#define ENTRIES     4                           /* used in each table */
#define BASE        0x100000ul
#define EFER_LMA    BIT(10)
#define EFER_NXE    BIT(11)
#define FAULT_RSVD  BIT(3)

static struct model model;
static struct guest_physical physical;
static u64 *tables[TABLES];
static unsigned seen[PAGING_5_LEVEL + 1][MODEL_BEYOND_MEMORY + 1];

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

static u64 random_below(u64 end)
{
	static u64 state = 0x9e3779b97f4a7c15;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 16) % end;
}

/* --- A machine at random ---------------------------------------------------------------------- */

static void start_machine(void)
{
	physical = (struct guest_physical){
		.ept = ept_new(EPT_PML4),
		.rules = { .physical_width = 52, .execute_only = true, .pages_2m = true },
		.memory = { .end = ~0ul },
	};
	for (unsigned i = 0; i < TABLES; i++)
		tables[i] = page_alloc();
	model = (struct model){
		.processor = {
			.physical_width = 52, .pages_1g = true, .execute_only = true,
			.ept_2m = true, .advanced_information = true,
		},
		.memory = { .size = ~0ul },
	};
}

static u64 random_place(void)
{
	return BASE + random_below(PLACES) * PAGE_SIZE;
}

/* Most pages of tables allow everything, or no walk would get far. */
static void random_ept(void)
{
	static const u64 rare[] = { 0, R, RX, RW, X, W, WX, RWX | 3 << 3 };

	for (unsigned i = 0; i < TABLES; i++) {
		u64 leaf = ept_leaf(hpa_of(tables[i]), RWX, WB);

		if (random_below(6) == 0)
			leaf = hpa_of(tables[i]).raw | rare[random_below(COUNT(rare))];
		*ept_make(&physical.ept, gpa(BASE + i * PAGE_SIZE), EPT_PT) = leaf;
	}
	model.controls.eptp = (u64)physical.ept.root | WB | 3 << 3;
	if (random_below(4) == 0)
		model.controls.eptp |= EPTP_ACCESSED_DIRTY;
}

static u64 random_large_page(unsigned entry_size)
{
	u64 page = random_below(4) << 30;

	return entry_size == sizeof(u32) ? page | random_below(BIT(8)) << 13 : page;
}

/* The entry is nearly always present, and each other bit is set now and then. */
static u64 random_entry(unsigned entry_size)
{
	u64 bits = random_below(8) ? 0x23 : 0x02;

	if (random_below(8) == 0)
		return bits | BIT(7) | random_large_page(entry_size);
	if (random_below(3))
		bits |= BIT(2);
	return (random_below(16) ? bits : bits & ~BIT(5)) | random_place();
}

static void random_tables(unsigned entry_size)
{
	for (unsigned i = 0; i < TABLES; i++)
		for (unsigned j = 0; j < ENTRIES; j++)
			if (entry_size == sizeof(u32))
				((u32 *)tables[i])[j] = (u32)random_entry(entry_size);
			else
				tables[i][j] = random_entry(entry_size);
}

static struct guest_paging random_paging(enum guest_paging_kind kind)
{
	struct guest_paging paging = {
		.cr0 = CR0_PE | (kind == PAGING_NONE ? 0 : CR0_PG),
		.cr3 = random_place() | (random_below(2) ? 0x18 : 0),
		.cr4 = kind >= PAGING_PAE ? CR4_PAE : random_below(2) * CR4_PSE,
		.ia32e = kind >= PAGING_4_LEVEL,
	};

	if (kind == PAGING_5_LEVEL)
		paging.cr4 |= CR4_LA57;
	for (unsigned i = 0; i < 4; i++)
		paging.pdpte[i] = random_place() | (random_below(8) != 0);
	return paging;
}

static u64 random_linear(enum guest_paging_kind kind)
{
	unsigned index_bits = kind == PAGING_32_BIT ? 10 : 9;
	unsigned levels = kind == PAGING_32_BIT ? 2 : kind == PAGING_PAE ? 3 : kind + 1;
	u64 linear = random_below(PAGE_SIZE);

	if (kind == PAGING_NONE)
		return linear | random_place();
	for (unsigned i = 0; i < levels; i++)
		linear |= random_below(ENTRIES) << (12 + i * index_bits);
	return linear;
}

static void give_model(const struct guest_paging *paging)
{
	model.guest = (struct model_guest){
		.cr0 = paging->cr0, .cr3 = paging->cr3, .cr4 = paging->cr4,
		.efer = EFER_NXE | (paging->ia32e ? EFER_LMA : 0),
		.in_64bit_mode = paging->ia32e,
	};
	memcpy(model.guest.pdpte, paging->pdpte, sizeof(paging->pdpte));
}

/* --- Do they agree? ------------------------------------------------------------------------- */

static void compare_completion(const struct guest_walk *walk, const struct model_page *page)
{
	struct ept_walk ept = ept_walk(&physical.ept, walk->address, &physical.rules);

	assert_int_equal(walk->end, GUEST_WALK_MAPPED);
	assert_int_equal(ept.end, EPT_WALK_MAPPED);
	assert_int_equal(ept.page.raw + walk->address.raw % PAGE_SIZE, page->address.raw);
}

/* Bit 8 of the qualification is 0 for accesses in the walk; bit 9 is 1 for user-mode addresses. */
static void compare_violation(const struct guest_walk *walk, const struct model_outcome *outcome)
{
	const struct guest_step *step = guest_walk_step_at(walk, outcome->physical);

	if (!(outcome->code & BIT(8))) {
		assert_non_null(step);
		assert_int_not_equal(outcome->code & BITS(2, 0) & ~(u64)step->ept.allowed, 0);
		return;
	}
	assert_int_equal(walk->end, GUEST_WALK_MAPPED);
	assert_int_equal(walk->address.raw, outcome->physical.raw);
	assert_int_equal(walk->user, (outcome->code & BIT(9)) != 0);
}

static void compare_misconfiguration(const struct guest_walk *walk, gpa_t address)
{
	const struct guest_step *step = guest_walk_step_at(walk, address);

	if (step)
		assert_int_equal(step->ept.end, EPT_WALK_MISCONFIGURED);
	else
		assert_int_equal(walk->address.raw, address.raw);
}

/* The walk does not check reserved bits, as it explains exits that no page fault came before. */
static void compare(const struct guest_walk *walk, const struct model_prediction *prediction)
{
	const struct model_outcome *outcome = &prediction->outcome;

	seen[walk->kind][outcome->event]++;
	switch (outcome->event) {
	case MODEL_COMPLETES:
		compare_completion(walk, &prediction->pages[0]);
		break;
	case MODEL_EPT_VIOLATION:
		compare_violation(walk, outcome);
		break;
	case MODEL_EPT_MISCONFIGURATION:
		compare_misconfiguration(walk, outcome->physical);
		break;
	case MODEL_PAGE_FAULT:
		if (!(outcome->code & FAULT_RSVD))
			assert_int_equal(walk->end, GUEST_WALK_NOT_PRESENT);
		break;
	default:
		fail_msg("event %d", outcome->event);
	}
}

static void try_case(enum guest_paging_kind kind)
{
	struct guest_paging paging = random_paging(kind);
	struct model_access access = {
		.kind = MODEL_READ, .linear = gla(random_linear(kind)), .size = 1,
	};
	static struct model_prediction prediction;
	struct guest_walk walk;

	random_ept();
	random_tables(kind == PAGING_32_BIT ? sizeof(u32) : sizeof(u64));
	give_model(&paging);
	model_predict(&model, &access, 0, &prediction);
	walk = guest_walk(&paging, access.linear, &physical);
	assert_int_equal(walk.kind, kind);
	compare(&walk, &prediction);
}

static void walk_and_model_agree(void **state)
{
	(void)state;
	start_machine();
	for (unsigned i = 0; i < CASES; i++)
		try_case(i % COUNT(seen));
	for (unsigned kind = 0; kind < COUNT(seen); kind++) {
		assert_true(seen[kind][MODEL_COMPLETES] > 100);
		assert_true(seen[kind][MODEL_EPT_VIOLATION] > 100);
		assert_true(seen[kind][MODEL_EPT_MISCONFIGURATION] > 100);
		if (kind != PAGING_NONE)
			assert_true(seen[kind][MODEL_PAGE_FAULT] > 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(walk_and_model_agree, give_back_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
