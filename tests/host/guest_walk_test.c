/* guest_walk_test.c -- the guest's own walk against what the SDM says, each entry found through EPT
 * links: ept/entry.c ept/explain.c ept/misconfiguration.c ept/permission.c ept/table.c ept/walk.c
 * links: vmx/guest_explain.c vmx/guest_walk.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "kernel/control_registers.h"
#include "kernel/paging_entry.h"
#include "tests/host/pages.h"
#include "vmx/guest_explain.h"

/* Where the guest's tables stand, one page each, and a linear address all of whose indexes
 * differ. */
#define ROOT   0x10000ul
#define SECOND 0x20000ul
#define THIRD  0x30000ul
#define FOURTH 0x40000ul
#define FIFTH  0x50000ul
#define LINEAR (5ul << 48 | 6ul << 39 | 7ul << 30 | 8ul << 21 | 9ul << 12 | 0xabc)

#define P        BIT(0)
#define TABLE    0x27ul                         /* present, writable, user, accessed */
#define PAGE     0x67ul                         /* and dirty */
#define LARGE    0xe7ul                         /* and of a larger page */
#define USER_BIT BIT(2)

static struct guest_physical physical;

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

static int start(void **state)
{
	(void)state;
	physical = (struct guest_physical){
		.ept = ept_new(EPT_PML4),
		.rules = { .physical_width = 52, .execute_only = true, .pages_2m = true },
		.memory = { .end = ~0ul },
	};
	return 0;
}

/* The guest's page at the address; it is made, with all permissions, when it is first asked for. */
static void *guest_page(u64 address)
{
	u64 *leaf = ept_make(&physical.ept, gpa(address), EPT_PT);

	if (!*leaf)
		*leaf = ept_leaf(hpa_of(page_alloc()), RWX, WB);
	return ept_table_at(*leaf);
}

static void allow(u64 address, enum permission allowed)
{
	u64 *leaf = ept_make(&physical.ept, gpa(address), EPT_PT);

	*leaf = (*leaf & ~(u64)EPT_PERMISSIONS) | allowed;
}

static void put(u64 table, unsigned index, u64 entry)
{
	((u64 *)guest_page(table))[index] = entry;
}

static void put_32(u64 table, unsigned index, u32 entry)
{
	((u32 *)guest_page(table))[index] = entry;
}

static const struct guest_paging four_levels = {
	.cr0 = CR0_PE | CR0_PG, .cr3 = ROOT | 0x18, .cr4 = CR4_PAE, .ia32e = true,
};

/* The tables that PML4 entry 6 leads to. */
static void put_four_levels(void)
{
	put(ROOT, 6, SECOND | TABLE);
	put(SECOND, 7, THIRD | TABLE);
	put(THIRD, 8, FOURTH | TABLE);
	put(FOURTH, 9, 0x123456789000 | PAGE);
}

static struct guest_walk walked(const struct guest_paging *paging, u64 linear)
{
	return guest_walk(paging, gla(linear), &physical);
}

#define assert_step(step, of_level, at_address, value)                                             \
	do {                                                                                       \
		assert_int_equal((step).level, of_level);                                          \
		assert_int_equal((step).at.raw, at_address);                                       \
		assert_true((step).readable);                                                      \
		assert_int_equal((step).entry, value);                                             \
	} while (0)

static void assert_ends(const struct guest_walk *walk, enum guest_walk_end end, unsigned count)
{
	assert_int_equal(walk->end, end);
	assert_int_equal(walk->count, count);
}

/* --- Each kind of paging --------------------------------------------------------------------- */

static void without_paging_linear_is_physical(void **state)
{
	struct guest_paging paging = { .cr0 = CR0_PE, .cr3 = ROOT, .cr4 = CR4_PAE };
	struct guest_walk walk = walked(&paging, 0x89abcdef);

	(void)state;
	assert_ends(&walk, GUEST_WALK_MAPPED, 0);
	assert_int_equal(walk.address.raw, 0x89abcdef);
	assert_true(walk.user);
}

static void four_levels_take_nine_bits_each(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 4);
	assert_step(walk.steps[0], EPT_PML4, ROOT + 6 * 8, SECOND | TABLE);
	assert_step(walk.steps[1], EPT_PDPT, SECOND + 7 * 8, THIRD | TABLE);
	assert_step(walk.steps[2], EPT_PD, THIRD + 8 * 8, FOURTH | TABLE);
	assert_step(walk.steps[3], EPT_PT, FOURTH + 9 * 8, 0x123456789000 | PAGE);
	assert_int_equal(walk.steps[3].ept.page.raw, hpa_of(guest_page(FOURTH)).raw);
	assert_int_equal(walk.address.raw, 0x123456789abc);
	assert_int_equal(walk.page_size, BIT(12));
	assert_true(walk.user);
}

static void la57_puts_a_level_above(void **state)
{
	struct guest_paging paging = four_levels;
	struct guest_walk walk;

	(void)state;
	paging.cr4 |= CR4_LA57;
	paging.cr3 = FIFTH;
	put(FIFTH, 5, ROOT | TABLE);
	put_four_levels();
	walk = walked(&paging, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 5);
	assert_step(walk.steps[0], EPT_PML5, FIFTH + 5 * 8, ROOT | TABLE);
	assert_int_equal(walk.address.raw, 0x123456789abc);
}

static void bit_7_ends_the_walk_at_pdpt_and_pd_only(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	put(THIRD, 8, 0x40000000 | BIT(13) | LARGE);
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 3);
	assert_int_equal(walk.address.raw, 0x40000000 + (LINEAR & (BIT(21) - 1)));
	assert_int_equal(walk.page_size, BIT(21));
	put(SECOND, 7, 0x80000000 | LARGE);
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 2);
	assert_int_equal(walk.address.raw, 0x80000000 + (LINEAR & (BIT(30) - 1)));
	put(SECOND, 7, THIRD | TABLE);
	put(THIRD, 8, FOURTH | TABLE);
	put(ROOT, 6, SECOND | LARGE);
	put(FOURTH, 9, 0x5000 | LARGE);
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 4);
	assert_int_equal(walk.address.raw, 0x5abc);
}

static const struct guest_paging pae = {
	.cr0 = CR0_PE | CR0_PG, .cr3 = ROOT, .cr4 = CR4_PAE,
	.pdpte = { 0, P | THIRD, 0, BIT(7) | P | THIRD },
};

static void pae_starts_in_the_pdpte_registers(void **state)
{
	u64 linear = 1ul << 30 | 8ul << 21 | 9ul << 12 | 0xabc;
	struct guest_walk walk;

	(void)state;
	put(THIRD, 8, FOURTH | TABLE);
	put(FOURTH, 9, 0x800000000 | PAGE);
	walk = walked(&pae, linear | 0xffffffff00000000);
	assert_ends(&walk, GUEST_WALK_MAPPED, 3);
	assert_true(walk.steps[0].in_register);
	assert_int_equal(walk.steps[0].entry, P | THIRD);
	assert_int_equal(walk.steps[0].index, 1);
	assert_step(walk.steps[1], EPT_PD, THIRD + 8 * 8, FOURTH | TABLE);
	assert_int_equal(walk.address.raw, 0x800000abc);
	assert_true(walk.user);
	put(THIRD, 8, 0x40000000 | LARGE);
	walk = walked(&pae, linear);
	assert_ends(&walk, GUEST_WALK_MAPPED, 2);
	assert_int_equal(walk.page_size, BIT(21));
	walk = walked(&pae, 3ul << 30 | 8ul << 21);
	assert_ends(&walk, GUEST_WALK_MAPPED, 2);
	walk = walked(&pae, 2ul << 30);
	assert_ends(&walk, GUEST_WALK_NOT_PRESENT, 1);
}

static const struct guest_paging paging_32_bit = {
	.cr0 = CR0_PE | CR0_PG, .cr3 = 0xf00000000 | ROOT, .cr4 = CR4_PSE,
};

static void two_levels_take_ten_bits_each(void **state)
{
	u64 linear = 0x3fful << 22 | 0x201ul << 12 | 0xabc;
	struct guest_walk walk;

	(void)state;
	put_32(ROOT, 0x3ff, SECOND | TABLE);
	put_32(SECOND, 0x201, 0x89abc000 | PAGE);
	walk = walked(&paging_32_bit, linear);
	assert_ends(&walk, GUEST_WALK_MAPPED, 2);
	assert_step(walk.steps[0], EPT_PD, ROOT + 0x3ff * 4, SECOND | TABLE);
	assert_step(walk.steps[1], EPT_PT, SECOND + 0x201 * 4, 0x89abc000 | PAGE);
	assert_int_equal(walk.address.raw, 0x89abcabc);
}

/* Table "Format of a 32-Bit Page-Directory Entry that Maps a 4-MByte Page". */
static void a_page_of_4_mbyte_needs_pse_and_has_bits_39_to_32(void **state)
{
	struct guest_paging without_pse = paging_32_bit;
	struct guest_walk walk;

	(void)state;
	put_32(ROOT, 1, 0x0a400000 | 0xffu << 13 | LARGE);
	walk = walked(&paging_32_bit, 0x7fffff);
	assert_ends(&walk, GUEST_WALK_MAPPED, 1);
	assert_int_equal(walk.address.raw, 0xff0a7fffff);
	assert_int_equal(walk.page_size, BIT(22));
	without_pse.cr4 = 0;
	put_32(ROOT, 1, SECOND | LARGE);
	put_32(SECOND, 0x3ff, 0x5000 | PAGE);
	walk = walked(&without_pse, 0x7fffff);
	assert_ends(&walk, GUEST_WALK_MAPPED, 2);
	assert_int_equal(walk.address.raw, 0x5fff);
}

static void an_address_is_users_if_every_entry_says_so(void **state)
{
	static const u64 tables[][2] = { { ROOT, 6 }, { SECOND, 7 }, { THIRD, 8 }, { FOURTH, 9 } };

	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++) {
		u64 *entry;

		put_four_levels();
		entry = &((u64 *)guest_page(tables[i][0]))[tables[i][1]];
		*entry &= ~USER_BIT;
		assert_false(walked(&four_levels, LINEAR).user);
	}
}

/* --- Where it ends --------------------------------------------------------------------------- */

static void what_the_guest_has_not_mapped_ends_it(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	put(THIRD, 8, FOURTH | (TABLE & ~P));
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_NOT_PRESENT, 3);
	assert_true(walk.steps[2].readable);
}

static void what_ept_does_not_let_be_read_ends_it(void **state)
{
	static const u64 tables[] = { ROOT, SECOND, THIRD, FOURTH };
	static const enum permission refused[] = { NONE, X };

	(void)state;
	for (unsigned i = 0; i < COUNT(tables); i++)
		for (unsigned j = 0; j < COUNT(refused); j++) {
			struct guest_walk walk;

			put_four_levels();
			allow(tables[i], refused[j]);
			walk = walked(&four_levels, LINEAR);
			assert_ends(&walk, GUEST_WALK_UNREADABLE, i + 1);
			assert_false(walk.steps[i].readable);
			allow(tables[i], RWX);
		}
}

static void what_may_not_be_written_is_read_on(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	allow(SECOND, R);
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 4);
	assert_int_equal(walk.steps[1].ept.allowed, R);
}

static void an_entry_in_a_misconfigured_page_is_not_read(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	*ept_make(&physical.ept, gpa(SECOND), EPT_PT) ^= 1 << 3;
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_UNREADABLE, 2);
	assert_int_equal(walk.steps[1].ept.end, EPT_WALK_MISCONFIGURED);
}

/* The guest writes whatever it likes into its entries. */
static void an_entry_may_lead_anywhere(void **state)
{
	static const u64 wild[] = {
		BITS(51, 12), BITS(63, 0), 0, 0xfee00000, BIT(47), BIT(48), BIT(51),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wild); i++) {
		struct guest_walk walk;

		put_four_levels();
		put(SECOND, 7, (wild[i] & ~BIT(7)) | P);
		walk = walked(&four_levels, LINEAR);
		assert_ends(&walk, GUEST_WALK_UNREADABLE, 3);
	}
}

static void a_table_that_maps_itself_ends_at_the_last_level(void **state)
{
	struct guest_paging paging = four_levels;
	struct guest_walk walk;

	(void)state;
	paging.cr4 |= CR4_LA57;
	for (unsigned i = 0; i < 512; i++)
		put(ROOT, i, ROOT | TABLE);
	walk = walked(&paging, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 5);
	assert_int_equal(walk.address.raw, ROOT | 0xabc);
}

static void what_ept_maps_outside_of_memory_is_not_read(void **state)
{
	u64 entry = hpa_of(guest_page(ROOT)).raw + 6 * 8;
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	physical.memory = (struct physical){ .start = entry, .end = entry + 8 };
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_UNREADABLE, 2);
	physical.memory.end--;
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_UNREADABLE, 1);
	physical.memory = (struct physical){ .start = entry + 1, .end = ~0ul };
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_UNREADABLE, 1);
}

static void an_entry_in_a_large_page_of_ept_is_found(void **state)
{
	u64 *memory = aligned_alloc(BIT(21), BIT(21));
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	put(THIRD, 8, 0x612000 | TABLE);
	*ept_make(&physical.ept, gpa(0x600000), EPT_PD) =
		ept_leaf(hpa_of(memory), R, WB) | EPT_LARGE;
	memory[0x12000 / 8 + 9] = 0x7000 | PAGE;
	walk = walked(&four_levels, LINEAR);
	assert_ends(&walk, GUEST_WALK_MAPPED, 4);
	assert_int_equal(walk.address.raw, 0x7abc);
	free(memory);
}

static void a_step_is_found_by_its_entrys_address(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	walk = walked(&four_levels, LINEAR);
	assert_ptr_equal(guest_walk_step_at(&walk, gpa(THIRD + 8 * 8)), &walk.steps[2]);
	assert_null(guest_walk_step_at(&walk, gpa(THIRD + 9 * 8)));
	put(THIRD, 8, FOURTH | TABLE);
	walk = walked(&pae, 1ul << 30 | 8ul << 21);
	assert_null(guest_walk_step_at(&walk, walk.steps[0].at));
}

/* --- In words -------------------------------------------------------------------------------- */

static const char *step_told(const struct guest_walk *walk, unsigned which, enum permission refused)
{
	static char room[200];
	struct text text = TEXT_IN(room);

	guest_step_text(&text, walk, &walk->steps[which], "TABLES(0x10030)", refused);
	return room;
}

/* Addresses of host pages differ from run to run: H stands for "hpa=0x...". */
static const char *without_hpa(const char *told)
{
	static char room[200];
	const char *hpa = strstr(told, "hpa=0x");

	assert_non_null(hpa);
	memcpy(room, told, (size_t)(hpa - told));
	strcpy(room + (hpa - told), "H");
	strcat(room, hpa + 6 + strspn(hpa + 6, "0123456789abcdef"));
	return room;
}

static void an_entry_is_told_in_one_line(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_four_levels();
	allow(ROOT, R);
	walk = walked(&four_levels, LINEAR);
	assert_non_null(strstr(step_told(&walk, 3, NONE), "PT[9] 0x123456789067 at TABLES"));
	put(THIRD, 8, 0x40000000 | LARGE);
	walk = walked(&four_levels, LINEAR);
	assert_string_equal(without_hpa(step_told(&walk, 0, NONE)),
			    "PML4[6] 0x20027 at TABLES(0x10030), ept PT[16] r-- H");
	assert_string_equal(without_hpa(step_told(&walk, 2, NONE)),
			    "PD[8] 0x400000e7 (2 MiB) at TABLES(0x10030), ept PT[48] rwx H");
	assert_string_equal(step_told(&walk, 0, W),
			    "PML4[6] 0x20027 at TABLES(0x10030) <- EPT refuses write");
	put(THIRD, 8, 0);
	walk = walked(&four_levels, LINEAR);
	assert_null(strstr(step_told(&walk, 1, NONE), "not present"));
	assert_string_equal(without_hpa(step_told(&walk, 2, NONE)),
			    "PD[8] 0 at TABLES(0x10030), ept PT[48] rwx H <- not present");
	allow(THIRD, NONE);
	walk = walked(&four_levels, LINEAR);
	assert_string_equal(step_told(&walk, 2, R), "PD[8] at TABLES(0x10030) <- EPT refuses read");
	assert_string_equal(step_told(&walk, 2, NONE),
			    "PD[8] at TABLES(0x10030), ept PT[48] not present");
}

static void larger_pages_and_registers_are_told_as_such(void **state)
{
	struct guest_walk walk;

	(void)state;
	put_32(ROOT, 1, 0x400000 | LARGE);
	walk = walked(&paging_32_bit, 0x400000);
	assert_non_null(strstr(step_told(&walk, 0, NONE), "PD[1] 0x4000e7 (4 MiB) at"));
	put(SECOND, 7, 0x80000000 | LARGE);
	put(ROOT, 6, SECOND | TABLE);
	walk = walked(&four_levels, LINEAR);
	assert_non_null(strstr(step_told(&walk, 1, NONE), "PDPT[7] 0x800000e7 (1 GiB) at"));
	walk = walked(&pae, 1ul << 30);
	assert_string_equal(step_told(&walk, 0, NONE), "PDPT[1] 0x30001 in the VMCS");
}

/* The sentence about an EPT violation at an entry of the walk or, if it was not in the walk, at its
 * end. */
static const char *access_told(struct guest_access *access, u64 qualification, u64 address)
{
	static char room[320];
	struct text text = TEXT_IN(room);
	struct ept_walk ept = ept_walk(&physical.ept, gpa(address), &physical.rules);

	access->violation = ept_violation_decode(qualification);
	access->step = access->violation.in_page_walk ?
		       guest_walk_step_at(&access->walk, gpa(address)) : NULL;
	guest_access_text(&text, access, &ept);
	return room;
}

static struct guest_access access_to(u64 linear)
{
	return (struct guest_access){
		.linear = gla(linear), .instruction = gla(0x1000),
		.walk = walked(&four_levels, linear),
	};
}

static void a_violation_in_the_walk_tells_which_entry(void **state)
{
	struct guest_access access;

	(void)state;
	put_four_levels();
	allow(FOURTH, NONE);
	access = access_to(LINEAR);
	assert_string_equal(access_told(&access, 0x081, FOURTH + 9 * 8),
			    "a read of the guest's PT entry 9, on the way to guest-linear "
			    "0x50301c1009abc, at a guest-physical address for which there is no "
			    "PT entry");
	assert_string_equal(access_told(&access, 0x081, FOURTH),
			    "a read of a guest paging-structure entry, on the way to guest-linear "
			    "0x50301c1009abc, at a guest-physical address for which there is no "
			    "PT entry");
}

static void an_access_that_the_tables_do_not_lead_to_is_noticed(void **state)
{
	struct guest_access access;

	(void)state;
	put_four_levels();
	put(FOURTH, 9, 0x5000 | PAGE);
	access = access_to(LINEAR);
	access_told(&access, 0x181, 0x5abc);
	assert_true(guest_access_leads_to(&access, gpa(0x5abc)));
	assert_false(guest_access_leads_to(&access, gpa(0x6abc)));
	access_told(&access, 0x081, THIRD + 8 * 8);
	assert_true(guest_access_leads_to(&access, gpa(THIRD + 8 * 8)));
	access_told(&access, 0x081, THIRD);
	assert_false(guest_access_leads_to(&access, gpa(THIRD)));
	put(FOURTH, 9, 0);
	access = access_to(0);
	access_told(&access, 0x181, 0);
	assert_false(guest_access_leads_to(&access, gpa(0)));
}

static void a_write_of_the_walk_tells_what_it_sets(void **state)
{
	struct guest_access access;

	(void)state;
	put_four_levels();
	put(SECOND, 7, THIRD | (TABLE & ~PAGING_ACCESSED));
	put(FOURTH, 9, 0x5000 | (PAGE & ~PAGING_DIRTY));
	allow(SECOND, R);
	allow(FOURTH, R);
	access = access_to(LINEAR);
	assert_string_equal(access_told(&access, 0x08a, SECOND + 7 * 8),
			    "a write of the guest's PDPT entry 7 to set its accessed flag, on the "
			    "way to guest-linear 0x50301c1009abc, in a 4 KiB page that its PT "
			    "entry maps r--");
	assert_non_null(strstr(access_told(&access, 0x08a, FOURTH + 9 * 8),
			       "of the guest's PT entry 9 to set its dirty flag,"));
	assert_non_null(strstr(access_told(&access, 0x089, SECOND + 7 * 8),
			       "a read of the guest's PDPT entry 7, on"));
	access.ept_flags = true;
	assert_non_null(strstr(access_told(&access, 0x08b, SECOND + 7 * 8),
			       "a read and write of the guest's PDPT entry 7 (with EPT's accessed "
			       "and dirty flags a walk's read counts as one),"));
	put(FOURTH, 9, 0x5000 | PAGE);
	access = access_to(LINEAR);
	assert_non_null(strstr(access_told(&access, 0x08a, FOURTH + 9 * 8),
			       "a write of the guest's PT entry 9, on"));
}

static void an_access_at_the_walks_end_is_told_by_its_address(void **state)
{
	struct guest_access access = access_to(0x2008);

	(void)state;
	guest_page(0x2000);
	allow(0x2000, R);
	assert_string_equal(access_told(&access, 0x18a, 0x2008),
			    "a write, reached through guest-linear 0x2008, to a 4 KiB page that "
			    "its PT entry maps r--");
	access.linear = gla(0x2000);
	access.instruction = gla(0x1ffe);
	assert_string_equal(access_told(&access, 0x18c, 0x2000),
			    "an instruction fetch of the rest of the instruction at 0x1ffe, "
			    "reached through guest-linear 0x2000, to a 4 KiB page that its PT "
			    "entry maps r--");
	assert_null(strstr(access_told(&access, 0x18a, 0x2000), "the rest"));
	access.instruction = gla(0x2000);
	assert_null(strstr(access_told(&access, 0x18c, 0x2000), "the rest"));
	access.instruction = gla(0x1fff - 14);
	assert_null(strstr(access_told(&access, 0x18c, 0x2000), "the rest"));
}

/* Table "Exit Qualification for EPT Violations", bits 2 and 6: whose address it is decides. */
static void a_fetch_with_mode_based_execute_tells_whose_address_it_is(void **state)
{
	struct guest_access access;

	(void)state;
	physical.rules.mode_based_execute = true;
	put_four_levels();
	put(FOURTH, 9, 0x2000 | PAGE);
	guest_page(0x2000);
	allow(0x2000, RX);
	access = access_to(LINEAR);
	access.mode_based_execute = true;
	assert_string_equal(access_told(&access, 0x1ac, 0x2abc),
			    "an instruction fetch, reached through user-mode guest-linear "
			    "0x50301c1009abc, to a 4 KiB page that its PT entry maps r-x-");
	assert_int_equal(guest_access_needs(&access), XU);
	assert_null(strstr(access_told(&access, 0x1a9, 0x2abc), "-mode"));
	assert_int_equal(guest_access_needs(&access), R);
	put(SECOND, 7, THIRD | (TABLE & ~USER_BIT));
	access.walk = walked(&four_levels, LINEAR);
	assert_non_null(strstr(access_told(&access, 0x1ac, 0x2abc), "supervisor-mode guest"));
	assert_int_equal(guest_access_needs(&access), X);
	access.mode_based_execute = false;
	assert_null(strstr(access_told(&access, 0x1ac, 0x2abc), "-mode"));
}

/* Table "Exit Qualification for EPT Violations", bit 7: PDPTEs that MOV to CR loads. */
static void an_access_without_linear_address_is_a_load_of_pdptes(void **state)
{
	struct guest_access access = { .walk = walked(&pae, 0) };

	(void)state;
	assert_string_equal(access_told(&access, 0x001, 0x9000),
			    "a read of the PDPTEs, which a MOV to CR loads, at a guest-physical "
			    "address for which there is no PML4 entry");
	access = access_to(0);
	assert_non_null(strstr(access_told(&access, 0x001, 0x9000),
			       "a read, for which there is no guest-linear address, at"));
}

static void no_text_is_longer_than_its_room(void **state)
{
	struct guest_access access;
	struct ept_walk ept;

	(void)state;
	put_four_levels();
	access = access_to(LINEAR);
	access.violation = ept_violation_decode(0x08a);
	access.step = &access.walk.steps[1];
	ept = ept_walk(&physical.ept, access.step->at, &physical.rules);
	for (size_t size = 1; size < 240; size++) {
		struct text text = { .start = malloc(size), .size = size };

		guest_step_text(&text, &access.walk, access.step, "TABLES", NONE);
		guest_access_text(&text, &access, &ept);
		assert_true(text.length < size);
		free(text.start);
	}
}

#define WALK_CASE(name) cmocka_unit_test_setup_teardown(name, start, give_back_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WALK_CASE(without_paging_linear_is_physical),
		WALK_CASE(four_levels_take_nine_bits_each),
		WALK_CASE(la57_puts_a_level_above),
		WALK_CASE(bit_7_ends_the_walk_at_pdpt_and_pd_only),
		WALK_CASE(pae_starts_in_the_pdpte_registers),
		WALK_CASE(two_levels_take_ten_bits_each),
		WALK_CASE(a_page_of_4_mbyte_needs_pse_and_has_bits_39_to_32),
		WALK_CASE(an_address_is_users_if_every_entry_says_so),
		WALK_CASE(what_the_guest_has_not_mapped_ends_it),
		WALK_CASE(what_ept_does_not_let_be_read_ends_it),
		WALK_CASE(what_may_not_be_written_is_read_on),
		WALK_CASE(an_entry_in_a_misconfigured_page_is_not_read),
		WALK_CASE(an_entry_may_lead_anywhere),
		WALK_CASE(a_table_that_maps_itself_ends_at_the_last_level),
		WALK_CASE(what_ept_maps_outside_of_memory_is_not_read),
		WALK_CASE(an_entry_in_a_large_page_of_ept_is_found),
		WALK_CASE(a_step_is_found_by_its_entrys_address),
		WALK_CASE(an_entry_is_told_in_one_line),
		WALK_CASE(larger_pages_and_registers_are_told_as_such),
		WALK_CASE(a_violation_in_the_walk_tells_which_entry),
		WALK_CASE(an_access_that_the_tables_do_not_lead_to_is_noticed),
		WALK_CASE(a_write_of_the_walk_tells_what_it_sets),
		WALK_CASE(an_access_at_the_walks_end_is_told_by_its_address),
		WALK_CASE(a_fetch_with_mode_based_execute_tells_whose_address_it_is),
		WALK_CASE(an_access_without_linear_address_is_a_load_of_pdptes),
		WALK_CASE(no_text_is_longer_than_its_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
