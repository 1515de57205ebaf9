/* pages.h -- what ept/table.c takes from kernel/memory.c, for tests on the host */
#ifndef PAGES_H
#define PAGES_H

#include <stdlib.h>
#include <string.h>

#include "kernel/memory.h"

static void *pages[64];
static unsigned page_count;

void *page_alloc_dirty(void)
{
	void *page = aligned_alloc(PAGE_SIZE, PAGE_SIZE);

	assert_true(page_count < COUNT(pages));
	pages[page_count++] = page;
	return memset(page, 0xa5, PAGE_SIZE);
}

void *page_alloc(void)
{
	return memset(page_alloc_dirty(), 0, PAGE_SIZE);
}

/* A teardown: every test starts with all of them free. */
static int give_back_pages(void **state)
{
	(void)state;
	while (page_count)
		free(pages[--page_count]);
	return 0;
}

#endif
