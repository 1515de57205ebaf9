/* paging.c -- the kernel's own page tables: 4 KiB pages around the image, 2 MiB pages elsewhere */
#include "kernel/paging.h"

#include "kernel/cpu.h"
#include "kernel/paging_entry.h"
#include "kernel/stacks.h"

#define TEXT   ((u64)PAGING_PRESENT)
#define RODATA (PAGING_PRESENT | PAGING_EXECUTE_DISABLE)
#define DATA   (PAGING_PRESENT | PAGING_WRITABLE | PAGING_EXECUTE_DISABLE)
/* Entries that lead to tables allow everything: the entry that maps the page decides alone. */
#define TABLE  ((u64)(PAGING_PRESENT | PAGING_WRITABLE | PAGING_USER))

#define ENTRIES         512
#define IMAGES_END      (3 * LARGE_PAGE_SIZE)   /* the kernel's and the one beside it */
#define DIRECTORIES     (MAPPED_SIZE / LARGE_PAGE_SIZE / ENTRIES)

typedef __attribute__((aligned(4096))) u64 page_table_t[ENTRIES];

/* boot.asm fills in one entry of each of these, so that a large page maps the image. */
page_table_t pml4_table, page_directory_pointers, page_directories[DIRECTORIES];
static page_table_t lowest_pages, image_pages[2];       /* the latter from 2 to 6 MiB */

/* Filling thousands of entries is a good part of what the start costs; unrolled, it costs half. */
static __attribute__((noinline)) void fill(u64 *entry, const u64 *end, u64 first, u64 page_size)
{
#pragma GCC unroll 8
	for (; entry < end; first += page_size)
		*entry++ = first;
}

static u64 *image_page(const void *address)
{
	return &image_pages[0][((u64)address - LARGE_PAGE_SIZE) / PAGE_SIZE];
}

static void map_part(const u8 *start, const u8 *end, u64 attributes)
{
	fill(image_page(start), image_page(end), (u64)start | attributes, PAGE_SIZE);
}

static void map_parts(const struct image *image)
{
	map_part(image->text, image->user, TEXT);
	map_part(image->user, image->rodata, TEXT | PAGING_USER);
	map_part(image->rodata, image->data, RODATA);
	map_part(image->data, image->end, DATA);
}

static void map_kernel(void)
{
	map_parts(&kernel_image);
	map_part(kernel_image.end, (const u8 *)IMAGES_END, DATA);
	*image_page(stack_guard) = 0;
}

static void map_lowest(void)
{
	fill(&lowest_pages[0], &lowest_pages[ENTRIES], DATA, PAGE_SIZE);
}

static void map_rest(void)
{
	u64 *first = page_directories[0];

	fill(&first[IMAGES_END / LARGE_PAGE_SIZE], &first[DIRECTORIES * ENTRIES],
	     IMAGES_END | DATA | PAGING_LARGE, LARGE_PAGE_SIZE);
	for (unsigned i = 0; i < DIRECTORIES; i++)
		page_directory_pointers[i] = (u64)page_directories[i] | TABLE;
}

void paging_start(void)
{
	map_kernel();
	map_lowest();
	map_rest();
	page_directories[0][0] = (u64)lowest_pages | TABLE;
	page_directories[0][1] = (u64)image_pages[0] | TABLE;
	page_directories[0][2] = (u64)image_pages[1] | TABLE;
	pml4_table[0] = (u64)page_directory_pointers | TABLE;
	cr3_write((u64)pml4_table);
}

static void flush(void)
{
	cr3_write(cr3_read());
}

void paging_map(const struct image *image)
{
	map_parts(image);
	flush();
}

void paging_do_not_cache(u64 address)
{
	page_directories[0][address / LARGE_PAGE_SIZE] |=
		PAGING_CACHE_DISABLE | PAGING_WRITE_THROUGH;
	flush();
}

void paging_unmap_null_page(void)
{
	lowest_pages[0] = 0;
	asm volatile ("invlpg (%0)" : : "r" (0ull) : "memory");
}
