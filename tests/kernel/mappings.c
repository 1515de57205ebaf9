/* mappings.c -- what the kernel's own pages allow, by faults of accesses and by entries */
#include "tests/kernel/mappings.h"

#include "kernel/cpu.h"
#include "kernel/image.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/traps.h"
#include "tests/report/test.h"

void expect_page_fault(unsigned outcome, const void *address, u64 error)
{
	EXPECT_EQUAL(outcome, OUTCOME_FAULTED + VECTOR_PF);
	EXPECT_EQUAL(trap_last_address, address);
	EXPECT_EQUAL(trap_last_error, error);
}

/* An entry of the page tables, and what the entries from the top down to it allow together. */
struct mapping {
	u64 linear, entry;
	bool writable, user, executable;
};

static bool is_sound(const struct mapping *page)
{
	const struct image *image = image_of(page->linear);
	bool in_user_code = image != NULL && page->linear >= (u64)image->user &&
			    page->linear < (u64)image->rodata;

	return (page->entry & PAGING_ADDRESS) == page->linear &&
	       !(page->writable && page->executable) && page->user == in_user_code;
}

static struct mapping below(const struct mapping *above, u64 linear, u64 entry)
{
	return (struct mapping){
		.linear     = linear,
		.entry      = entry,
		.writable   = above->writable && entry & PAGING_WRITABLE,
		.user       = above->user && entry & PAGING_USER,
		.executable = above->executable && !(entry & PAGING_EXECUTE_DISABLE),
	};
}

/* The number of pages mapped; the first that is not sound goes to *unsound. */
static u64 walk(const u64 *table, unsigned level, const struct mapping *above,
		struct mapping *unsound)
{
	u64 pages = 0;

	for (u64 i = 0; i < PAGE_SIZE / sizeof(*table); i++) {
		u64 linear = above->linear + (i << (3 + 9 * level));
		struct mapping here = below(above, linear, table[i]);
		if (!(table[i] & PAGING_PRESENT))
			continue;
		if (level > 1 && !(table[i] & PAGING_LARGE)) {
			const u64 *next = at_hpa(hpa(table[i] & PAGING_ADDRESS));
			pages += walk(next, level - 1, &here, unsound);
			continue;
		}
		pages++;
		if (!is_sound(&here) && unsound->entry == 0)
			*unsound = here;
	}
	return pages;
}

void expect_sound_mappings(void)
{
	struct mapping all = { .writable = true, .user = true, .executable = true };
	struct mapping unsound = { 0 };
	u64 pages = walk(at_hpa(hpa(cr3_read() & PAGING_ADDRESS)), 4, &all, &unsound);

	EXPECT(pages > 2048);
	if (unsound.entry != 0)
		FAIL("linear address %#lx has the entry %#lx", unsound.linear, unsound.entry);
}
