/* case.h -- one access of a guest, and what is unusual on its way: a description that can be
 * made at random, made smaller, built in memory, run, judged and printed
 */
#ifndef CASE_H
#define CASE_H

#include "ept/entry.h"
#include "tests/suites/ept/arena.h"

enum case_paging {
	CASE_NO_PAGING, CASE_32_BIT, CASE_PAE, CASE_4_LEVEL, CASE_5_LEVEL, CASE_PAGINGS,
};

/* Pages on the way: the guest's tables, then what it reads, writes or executes.  The other ones are
 * for the rest of an access that reaches into a second page. */
enum case_page {
	CASE_PML5, CASE_PML4, CASE_PDPT, CASE_PD, CASE_PT, CASE_OTHER_PT,
	CASE_DATA, CASE_OTHER_DATA, CASE_PAGES,
};

/* What is on or off, in bits; everything off is the ordinary case. */
enum case_switch {
#define SWITCH(bit, name, text) CASE_##name = BIT(bit),
#include "tests/suites/cases/switches.def"
#undef SWITCH
};

/* An entry that is not as it should be: its bits are turned. */
struct case_twist {
	bool guest;                             /* an entry of the guest's, else one of EPT */
	u8 which;                               /* guest: 1 for the other page; EPT: case_page */
	u8 level;                               /* of the entry; a PDPTE of PAE paging has 3 */
	u64 bits;
};

#define CASE_TWISTS     8
#define CASE_FETCH_SIZE 3                       /* bytes of VMCALL */

struct ept_case {
	enum case_paging paging;
	enum arena_access access;
	u16 offset;                             /* of the access in its first page */
	u8 size;                                /* bytes: 1, 2, 4, 8; CASE_FETCH_SIZE */
	u8 guest_leaf;                          /* level of the guest's entry that maps the page */
	u8 ept_leaf[CASE_PAGES];
	u32 switches;
	unsigned twist_count;
	struct case_twist twists[CASE_TWISTS];
};

/* What a processor offers for cases. */
struct case_offers {
	bool paging[CASE_PAGINGS];
	bool guest_1g, ept_2m, ept_1g;
	u32 switches;                           /* that may be on */
	u32 switches_on;                        /* that must be */
	u8 physical_width;
};

/* Where the guest's walk starts, and its last level; 0 if there is none. */
unsigned case_top_level(const struct ept_case *that);
static inline bool case_crosses(const struct ept_case *that)
{
	return that->offset + that->size > PAGE_SIZE;
}
/* Whether the guest's entries are of 32 bits. */
static inline bool case_is_32_bit(const struct ept_case *that)
{
	return that->paging == CASE_32_BIT;
}
/* Whether the guest is in 64-bit mode. */
static inline bool case_is_long(const struct ept_case *that)
{
	return that->paging >= CASE_4_LEVEL;
}

/* The table that holds the guest's entry of a level, but for the other page's page table. */
enum case_page case_table(unsigned level);

/* Whether a way leads through the page; CASE_OTHER_PT is for memory to decide. */
bool case_uses(const struct ept_case *that, enum case_page page);

/* Makes the rest fit what was changed: no size, level or switch that there is not. */
void case_settle(struct ept_case *that, const struct case_offers *offers);

/* The bits of an entry that may be turned: none that leads to memory that is not the guest's. */
u64 case_ept_bits(const struct ept_case *that, const struct case_offers *offers,
		  enum case_page page, unsigned level);
u64 case_guest_bits(const struct ept_case *that, const struct case_offers *offers, unsigned level);

const char *case_paging_name(enum case_paging paging);
const char *case_page_name(enum case_page page);

#endif
