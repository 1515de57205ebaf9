/* case.h -- the description of a case: one access of a guest, and what is unusual about it
 *
 * A description has no addresses and needs no memory, so that it can be made at random, compared
 * and made smaller.  README.md says what is done with it.
 */
#ifndef CASE_H
#define CASE_H

#include "ept/entry.h"
#include "tests/model/machine.h"

enum case_paging {
	CASE_NO_PAGING, CASE_32_BIT, CASE_PAE, CASE_4_LEVEL, CASE_5_LEVEL, CASE_PAGINGS,
};

/* The pages that an access uses: the guest's paging structures, then the data that it reads, writes
 * or executes.  An access that crosses a page boundary uses a second page of data, CASE_OTHER_DATA,
 * and a second page table, CASE_OTHER_PT, if CASE_PT does not map both pages of data. */
enum case_page {
	CASE_PML5, CASE_PML4, CASE_PDPT, CASE_PD, CASE_PT, CASE_OTHER_PT,
	CASE_DATA, CASE_OTHER_DATA, CASE_PAGES,
};

/* Settings that are either on or off, one bit each.  In the ordinary case all are off. */
enum case_switch {
#define SWITCH(bit, name, text) CASE_##name = BIT(bit),
#include "tests/suites/cases/switches.def"
#undef SWITCH
};

/* An entry in which some bits are inverted.  `which` tells entries of one level apart: those of EPT
 * by the case_page that they map; the guest's by the page of data that they map, 0 for CASE_DATA
 * and 1 for CASE_OTHER_DATA. */
struct case_flip {
	bool guest;                             /* an entry of the guest's tables, else of EPT */
	u8 which;
	u8 level;                               /* of the entry, as in enum ept_level */
	u64 bits;
};

#define CASE_FLIPS      8
#define CASE_ACCESSES   (MODEL_FETCH + 1)       /* the model's kinds up to the fetch */
#define CASE_FETCH_SIZE 3                       /* bytes of VMCALL */

struct test_case {
	enum case_paging paging;
	enum model_access_kind access;
	u16 offset;                             /* of the access in its first page */
	u8 size;                                /* bytes: 1, 2, 4, 8; CASE_FETCH_SIZE */
	u8 guest_leaf;                          /* level of the guest's entry that maps the data */
	u8 ept_leaf[CASE_PAGES];                /* level of the EPT entry that maps the page */
	u32 switches;
	unsigned flip_count;
	struct case_flip flips[CASE_FLIPS];
};

/* What a processor offers for cases. */
struct case_offers {
	bool paging[CASE_PAGINGS];
	bool guest_1g, ept_2m, ept_1g;
	u32 switches;                           /* those that can be on */
	u32 switches_on;                        /* those that cannot be off */
	u8 physical_width;
};

/* Level of the guest's table that its page walk reads first; 0 without paging. */
unsigned case_top_level(const struct test_case *test_case);
static inline bool case_crosses_pages(const struct test_case *test_case)
{
	return test_case->offset + test_case->size > PAGE_SIZE;
}
/* Whether the guest's paging-structure entries are of 32 bits. */
static inline bool case_is_32_bit(const struct test_case *test_case)
{
	return test_case->paging == CASE_32_BIT;
}
/* Whether the guest is in 64-bit mode. */
static inline bool case_is_64_bit(const struct test_case *test_case)
{
	return test_case->paging >= CASE_4_LEVEL;
}

/* The guest's table of a level; in place of CASE_PT it may be CASE_OTHER_PT. */
enum case_page case_table(unsigned level);

/* Whether the access uses the page.  False for CASE_OTHER_PT, as that depends on addresses. */
bool case_uses(const struct test_case *test_case, enum case_page page);

bool case_is_same(const struct test_case *left, const struct test_case *right);

/* Corrects a description that was changed.  Sizes, levels and switches that the processor does not
 * offer, or that cannot be combined, are replaced; flips in entries that the case does not have are
 * dropped. */
void case_adjust(struct test_case *test_case, const struct case_offers *offers);

/* The bits of an entry that may be inverted: those that cannot lead the guest to memory that is not
 * its own. */
u64 case_ept_bits(const struct test_case *test_case, const struct case_offers *offers,
		  enum case_page page, unsigned level);
u64 case_guest_bits(const struct test_case *test_case, const struct case_offers *offers,
		    unsigned level);

/* As they are printed: "PAE paging", "PDPT", "read-modify-write". */
const char *case_paging_name(enum case_paging paging);
const char *case_page_name(enum case_page page);
const char *case_access_name(enum model_access_kind access);

#endif
