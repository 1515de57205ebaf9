/* case_memory.h -- the memory of a guest for cases: its pages, its paging structures and EPT
 *
 * Made once; a case changes entries, which are put back after it.  Each page has the same place in
 * its GiB of guest-physical memory as in its GiB of the host's, so that EPT leaves of every size
 * lead to it; and the two pages of data stand at the two sides of a 2 MiB border, so that each has
 * entries of its own.
 */
#ifndef CASE_MEMORY_H
#define CASE_MEMORY_H

#include "ept/table.h"
#include "tests/suites/cases/case.h"

/* Guest-physical; the code's GiB holds nothing else. */
#define CASE_CODE       0x1000ul
#define CASE_CODE_PDPT  0x2000ul
#define CASE_CODE_PD    0x3000ul
#define CASE_CODE_PT    0x4000ul

/* Linear: the code is mapped for supervisor mode, and 2 MiB above for user mode. */
#define CASE_USER_CODE  (CASE_CODE + LARGE_PAGE_SIZE)

/* The EPT entries of a page, by level, and what they are when nothing is wrong. */
struct case_way {
	gpa_t address;
	u64 *entry[EPT_PML4 + 1];
	u64 branch[EPT_PML4 + 1];
	u64 leaf[EPT_PDPT + 1];
};

/* An entry on the way of the case that is built. */
struct case_entry {
	void *place;
	u8 size;                                /* bytes: 4 or 8 */
	u8 ept_level;                           /* 0: an entry of the guest's */
	u8 page;                                /* a case_page: on whose way, or in which table */
	u64 usual;                              /* between cases */
	u64 before, after;                      /* the access */
};

enum {
	CASE_GUEST_ENTRIES = 2 * EPT_PML5 + 1,
	CASE_ENTRIES = CASE_PAGES * EPT_PML4 + CASE_GUEST_ENTRIES,
};

struct case_memory {
	struct ept ept;
	u8 *code;
	u8 *page[CASE_PAGES];
	struct case_way way[2][CASE_PAGES];     /* below 4 GiB; above, for guests in 64-bit mode */
	u64 eptp[2];                            /* without and with accessed and dirty flags */
	u64 cr0, cr4;                           /* of a guest with 4-level paging */
	struct model_processor processor;
	struct case_offers offers;
	hpa_t start, end;                       /* what was taken for all this lies between */
	struct case_entry entries[CASE_ENTRIES];
	unsigned entry_count;
	u64 pdpte[4];
	u64 linear[2];                          /* of the pages of the access */
	enum case_page page_table[2];           /* of each of them */
};

/* Takes pages; false if there are too few in one piece.  The fields from `eptp` to `offers`
 * are the caller's to fill in. */
bool case_memory_start(struct case_memory *memory, const struct ept *ept);

/* Writes every entry that the case has; puts them all back.  The fields from `entries` on are those
 * of the case that was built last. */
void case_memory_build(struct case_memory *memory, const struct ept_case *that);
void case_memory_restore(struct case_memory *memory);

/* What is in memory now; something else from now on. */
u64 case_entry_read(const struct case_entry *entry);
void case_entry_write(const struct case_entry *entry, u64 value);

/* After the access: keeps what became of the entries in `after`, and puts back what they were. */
void case_memory_rewind(struct case_memory *memory);

gpa_t case_address(const struct case_memory *memory, const struct ept_case *that,
		   enum case_page page);
gla_t case_linear(const struct case_memory *memory, const struct ept_case *that);
/* The guest's first instruction. */
gla_t case_rip(const struct ept_case *that);
/* The machine as the model sees it, and the accesses: the fetch of the instruction, and its own. */
struct model case_model(const struct case_memory *memory, const struct ept_case *that);
struct model_access case_code_fetch(const struct ept_case *that);
struct model_access case_access(const struct case_memory *memory, const struct ept_case *that);

#endif
