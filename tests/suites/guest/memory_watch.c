/* memory_watch.c -- whether a guest changes memory that is not its own */
#include "tests/suites/guest/memory_watch.h"
#include "kernel/memory.h"
#include "kernel/stacks.h"
#include "tests/report/test.h"

#define BEYOND (BIT(20) / PAGE_SIZE)            /* pages of free memory that are watched */
#define WORDS  (PAGE_SIZE / sizeof(u64))
#define SHOWN  4                                /* pages that a failure names */

static void *room_for(u64 bytes)
{
	return pages_alloc((bytes + PAGE_SIZE - 1) / PAGE_SIZE);
}

static bool is_of_the_stacks(u64 page)
{
	u64 address = page * PAGE_SIZE;

	return address >= (u64)stack_guard && address < (u64)stacks_end;
}

/* Page 0 is not mapped. */
static void leave_out_by_itself(struct memory_watch *watch)
{
	watch->left_out[0] = true;
	for (u64 page = 1; page < watch->pages; page++)
		if (is_of_the_stacks(page) || !memory_is_usable(hpa(page * PAGE_SIZE), PAGE_SIZE))
			watch->left_out[page] = true;
}

bool memory_watch_new(struct memory_watch *watch)
{
	watch->pages = hpa_of(page_alloc()).raw / PAGE_SIZE + BEYOND;
	watch->sums = room_for(watch->pages * sizeof(u64));
	watch->left_out = room_for(watch->pages);
	if (!watch->sums || !watch->left_out) {
		skip("needs memory for the sums of %lu pages", watch->pages);
		return false;
	}
	leave_out_by_itself(watch);
	for (u64 offset = 0; offset < watch->pages * sizeof(u64); offset += PAGE_SIZE)
		memory_watch_leave_out(watch, hpa(hpa_of(watch->sums).raw + offset));
	return true;
}

void memory_watch_leave_out(struct memory_watch *watch, hpa_t page)
{
	if (page.raw / PAGE_SIZE < watch->pages)
		watch->left_out[page.raw / PAGE_SIZE] = true;
}

/* Two words that change places make another sum. */
static u64 sum_of(u64 page)
{
	const u64 *word = at_hpa(hpa(page * PAGE_SIZE)), *end = word + WORDS;
	u64 sum = 0;

#pragma GCC unroll 8
	for (; word < end; word++)
		sum = sum * 3 + *word;
	return sum;
}

/* The first read of a page sets the accessed flag in the kernel's own tables, which are watched. */
static void touch_all(const struct memory_watch *watch)
{
	for (u64 page = 0; page < watch->pages; page++)
		if (!watch->left_out[page])
			*(volatile const u8 *)at_hpa(hpa(page * PAGE_SIZE));
}

void memory_watch_start(struct memory_watch *watch)
{
	touch_all(watch);
	for (u64 page = 0; page < watch->pages; page++)
		if (!watch->left_out[page])
			watch->sums[page] = sum_of(page);
}

static bool is_changed(const struct memory_watch *watch, u64 page)
{
	return !watch->left_out[page] && sum_of(page) != watch->sums[page];
}

/* Looks at all pages before it reports any, as a report changes memory of the kernel. */
void memory_watch_expect_unchanged(const struct memory_watch *watch)
{
	u64 changed[SHOWN];
	unsigned count = 0;

	for (u64 page = 0; page < watch->pages && count < SHOWN; page++)
		if (is_changed(watch, page))
			changed[count++] = page;
	for (unsigned i = 0; i < count; i++)
		FAIL("memory at %#lx has changed, which is not the guest's",
		     changed[i] * PAGE_SIZE);
}
