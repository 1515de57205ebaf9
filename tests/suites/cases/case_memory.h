/* case_memory.h -- the memory that cases are built in: the guest's pages, and EPT entries for them
 *
 * It is made once; a case changes entries, and they are restored after it.  Every page has the same
 * place in its GiB of guest-physical memory as in its GiB of host-physical memory, so that EPT can
 * map it by a page of 4 KiB, 2 MiB or 1 GiB.  The two pages of data are next to each other, with a
 * boundary of 2 MiB between them, so that each has an EPT PD entry of its own.
 */
#ifndef CASE_MEMORY_H
#define CASE_MEMORY_H

#include "ept/table.h"
#include "tests/suites/cases/case.h"

/* Guest-physical addresses of the guest's code and of the tables that map only the code.  No other
 * page is in their GiB. */
#define CASE_CODE_PAGE       0x1000ul
#define CASE_CODE_PDPT  0x2000ul
#define CASE_CODE_PD    0x3000ul
#define CASE_CODE_PT    0x4000ul

/* Linear address of the code for user mode.  For supervisor mode it is at linear CASE_CODE_PAGE. */
#define CASE_USER_CODE  (CASE_CODE_PAGE + LARGE_PAGE_SIZE)

#define CASE_EPT_LEVELS 4                       /* PT to PML4 */

/* The EPT entries that map a page, by level, and their values in the ordinary case. */
struct case_mapping {
	gpa_t address;
	u64 *entry[CASE_EPT_LEVELS + 1];
	u64 branch[CASE_EPT_LEVELS + 1];        /* where the entry leads to a table */
	u64 leaf[CASE_EPT_LEVELS + 1];          /* where it maps the page; none at the PML4 */
};

/* An entry that the access of the case uses. */
struct case_entry {
	void *place;
	u8 size;                                /* bytes: 4 or 8 */
	u8 ept_level;                           /* 0: an entry of the guest's */
	u8 page;                                /* EPT: the page that it maps; else its table */
	u64 usual;                              /* value while no case is built */
	u64 before, after;                      /* values before and after the access */
};

/* For each page of data one entry of up to five levels, and the entry that leads to the code. */
#define CASE_GUEST_ENTRIES (2 * 5 + 1)
#define CASE_ENTRIES       (CASE_PAGES * CASE_EPT_LEVELS + CASE_GUEST_ENTRIES)

struct case_memory {
	/* To be filled in before case_memory_start(). */
	u64 eptp[2];                            /* without and with accessed and dirty flags */
	u64 cr0, cr4;                           /* of a guest with 4-level paging */
	struct model_processor processor;
	struct case_offers offers;
	bool own_pml4_entry;                    /* no table shares the EPT PML4 entry of the data */

	/* By case_memory_start(). */
	struct ept ept;
	u8 *code;
	u8 *page[CASE_PAGES];
	struct case_mapping mapping[2][CASE_PAGES];     /* [1]: for guests in 64-bit mode */
	hpa_t start, end;                       /* all pages that were taken are between them */

	/* By case_build(), for the case that was built last. */
	struct case_entry entries[CASE_ENTRIES];
	unsigned entry_count;
	u64 pdpte[4];
	u64 linear[2];                          /* the pages of the access */
	enum case_page page_table[2];           /* the page tables that map them */
};

/* Takes pages; false if free memory has no piece that is large enough. */
bool case_memory_start(struct case_memory *memory, const struct ept *ept);

static inline const struct case_mapping *case_mapping(const struct case_memory *memory,
						      const struct test_case *test_case,
						      enum case_page page)
{
	return &memory->mapping[case_is_64_bit(test_case)][page];
}

/* What lets user-mode addresses be executed as well, where the case has an entry decide over that
 * by a bit of its own. */
static inline u64 case_user_execute(const struct test_case *test_case, u64 leaf)
{
	bool by_mode = test_case->switches & CASE_EXECUTE_BY_MODE;

	return by_mode && leaf & EPT_EXECUTE ? EPT_USER_EXECUTE : 0;
}

/* The value of an EPT entry without the flips and the flags of the case. */
static inline u64 case_ordinary_entry(const struct case_memory *memory,
				      const struct test_case *test_case, enum case_page page,
				      unsigned level)
{
	const struct case_mapping *mapping = case_mapping(memory, test_case, page);
	bool leaf = level == EPT_PT || level == test_case->ept_leaf[page];

	return leaf ? mapping->leaf[level] | case_user_execute(test_case, mapping->leaf[level])
		    : mapping->branch[level];
}

/* Guest-physical address of a page. */
gpa_t case_address(const struct case_memory *memory, const struct test_case *test_case,
		   enum case_page page);
/* Linear addresses of the access and of the instruction that makes it. */
gla_t case_linear(const struct case_memory *memory, const struct test_case *test_case);
gla_t case_rip(const struct test_case *test_case);

#endif
