/* memory.c -- pages of host-physical memory, handed out from the lowest up */
#include "kernel/memory.h"

#include "kernel/boot_parse.h"
#include "kernel/image.h"
#include "kernel/paging.h"
#include "kernel/panic.h"
#include "kernel/string.h"

#define LOW_MEMORY_END (1ull << 20)             /* below it the firmware keeps things */

struct piece {
	u64 start, end;
};

/* What is not free: low memory, the image, the room beside it, the boot information, its two texts,
 * every module and its name, and every range handed over before (nothing guarantees that ranges do
 * not overlap). */
#define TAKEN_MAX (6 + 2 * BOOT_MODULES_MAX + BOOT_RANGES_MAX)

/* A free piece begins where a range begins or a taken piece ends. */
#define FREE_MAX  (BOOT_RANGES_MAX + TAKEN_MAX)

static struct piece taken[TAKEN_MAX];
static unsigned taken_count;

static struct piece free_pieces[FREE_MAX];      /* whole pages */
static u32 free_count;

static memory_mark_t next;                      /* where the next page comes from */
static u64 peak, size_reported;
static const struct boot_info *map;             /* of all memory */

static void take(u64 start, u64 size)
{
	u64 end = size < ~0ull - start ? start + size : ~0ull;

	taken[taken_count++] = (struct piece){ start, end };
}

static void take_text(const char *text)
{
	take((u64)text, strlen(text) + 1);
}

static void take_what_is_in_use(const struct boot_info *boot)
{
	taken_count = 0;
	take(0, LOW_MEMORY_END);
	take((u64)kernel_image.text, (u64)(kernel_image.end - kernel_image.text));
	take((u64)kernel_image.room, (u64)(kernel_image.room_end - kernel_image.room));
	take(boot->reserved.start, boot->reserved.size);
	take_text(boot->command_line);
	take_text(boot->loader);
	for (u32 i = 0; i < boot->module_count; i++) {
		take((u64)boot->modules[i].data, boot->modules[i].size);
		take_text(boot->modules[i].name);
	}
}

/* The lowest taken piece that reaches into [start, end), or an empty one at its end. */
static struct piece first_taken(u64 start, u64 end)
{
	struct piece first = { end, end };

	for (unsigned i = 0; i < taken_count; i++)
		if (taken[i].start < first.start && taken[i].end > start)
			first = taken[i];
	return first;
}

static void add_free(u64 start, u64 end)
{
	start = (start + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
	end &= ~(PAGE_SIZE - 1);
	if (start < end)
		free_pieces[free_count++] = (struct piece){ start, end };
}

static void add_range(u64 start, u64 size)
{
	u64 end = size < MAPPED_SIZE - start ? start + size : MAPPED_SIZE;
	u64 at = start;

	while (at < end) {
		struct piece hole = first_taken(at, end);
		add_free(at, hole.start);
		at = hole.end;
	}
	take(start, end - start);
}

void memory_start(const struct boot_info *boot)
{
	map = boot;
	take_what_is_in_use(boot);
	free_count = 0;
	size_reported = peak = 0;
	for (u32 i = 0; i < boot->range_count; i++) {
		size_reported += boot->ranges[i].size;
		if (boot->ranges[i].start < MAPPED_SIZE)
			add_range(boot->ranges[i].start, boot->ranges[i].size);
	}
	next = (memory_mark_t){ 0, free_pieces[0].start };
}

/* Null if neither the free piece that pages come from now nor a later one has so many bytes
 * left. */
static void *allocate(u64 bytes, u64 alignment)
{
	u64 start = next.next;

	for (u32 i = next.range; i < free_count; start = free_pieces[++i].start) {
		start = (start + alignment - 1) & ~(alignment - 1);
		if (start <= free_pieces[i].end && free_pieces[i].end - start >= bytes) {
			next = (memory_mark_t){ i, start + bytes };
			return (void *)start;
		}
	}
	return NULL;
}

void *page_alloc_dirty(void)
{
	void *page = allocate(PAGE_SIZE, PAGE_SIZE);

	if (page == NULL)
		panic("memory is used up: %lu bytes are usable in all", size_reported);
	return page;
}

void *page_alloc(void)
{
	return memset(page_alloc_dirty(), 0, PAGE_SIZE);
}

void *pages_alloc_aligned(size_t count, u64 alignment)
{
	bool possible = count <= MAPPED_SIZE / PAGE_SIZE;
	void *pages = possible ? allocate(count * PAGE_SIZE, alignment) : NULL;

	return pages == NULL ? NULL : memset(pages, 0, count * PAGE_SIZE);
}

void *pages_alloc(size_t count)
{
	return pages_alloc_aligned(count, PAGE_SIZE);
}

bool memory_is_usable(hpa_t start, u64 size)
{
	return boot_is_usable(map, start.raw, start.raw + size);
}

static u64 in_use(void)
{
	u64 bytes = 0;

	for (u32 i = 0; i < next.range; i++)
		bytes += free_pieces[i].end - free_pieces[i].start;
	return bytes + next.next - free_pieces[next.range].start;
}

u64 memory_peak(void)
{
	u64 bytes = in_use();

	if (bytes > peak)
		peak = bytes;
	return peak;
}

memory_mark_t memory_mark(void)
{
	return next;
}

void memory_release(memory_mark_t mark)
{
	memory_peak();
	next = mark;
}

u64 memory_size(void)
{
	return size_reported;
}
