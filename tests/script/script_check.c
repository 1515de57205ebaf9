/* script_check.c -- checks every value of a scenario before anything makes use of it */
#include "tests/script/script_check.h"

#include "kernel/string.h"
#include "tests/script/check.h"
#include "tests/script/order.h"
#include "tests/script/regions.h"

/* --- The file's parts ---------------------------------------------------------------------- */

static const struct file_kind kind = {
	.noun = "scenario", .magic = SCENARIO_MAGIC, .version = SCRIPT_VERSION,
	.header_size = sizeof(struct script_header),
};

/* The parts follow one another without a gap: each starts at *at, where the one before ended. */
static bool part_fits(const struct check *check, const char *name, u32 start, u64 size, u64 *at)
{
	if (start != *at)
		return refuse(check->refusal,
			      "%s start at %#x, but what stands before ends at %#lx",
			      name, start, *at);
	if (size > check->end - *at)
		return refuse(check->refusal, "%s end at %#lx, past the file's end at %#x",
			      name, *at + size, check->end);
	*at += size;
	return true;
}

static bool contents_fit(const struct check *check, u64 *at)
{
	for (u32 i = 0; i < check->header->region_count; i++) {
		const struct script_region *region = &check->regions[i];

		if (region->contents_end < region->contents)
			return refuse(check->refusal, "bytes of page %u end at %#x, "
				      "before their start at %#x",
				      i + 1, region->contents_end, region->contents);
		if (!part_fits(check, "the bytes of a page", region->contents,
			       region->contents_end - region->contents, at))
			return false;
	}
	if (*at != check->end)
		return refuse(check->refusal,
			      "the last page's bytes end at %#lx, but the file at %#x",
			      *at, check->end);
	return true;
}

static bool layout_is_good(const struct check *check)
{
	const struct script_header *header = check->header;
	u64 at = sizeof(*header);

	if (header->region_count < 1 || header->region_count > SCRIPT_MOST_REGIONS)
		return refuse(check->refusal, "%u pages, of 1 to %u",
			      header->region_count, SCRIPT_MOST_REGIONS);
	return part_fits(check, "pages", header->regions,
			 (u64)header->region_count * sizeof(struct script_region), &at)
		&& part_fits(check, "steps", header->steps,
			     (u64)header->step_count * sizeof(struct script_step), &at)
		&& part_fits(check, "strings", header->strings, header->strings_size, &at)
		&& contents_fit(check, &at);
}

/* --- Texts --------------------------------------------------------------------------------- */

static bool strings_are_plain(const struct check *check)
{
	const struct script_header *header = check->header;
	u64 end = (u64)header->strings + header->strings_size;

	if (header->strings_size == 0 || check->start[end - 1] != 0)
		return refuse(check->refusal,
			      "the strings do not end in a zero byte, at %#lx", end);
	for (u64 at = header->strings; at < end; at++)
		if (check->start[at] != 0 && (check->start[at] < ' ' || check->start[at] > '~'))
			return refuse(check->refusal,
				      "the strings' byte %#x at %#lx is not printable ASCII",
				      check->start[at], at);
	return true;
}

static bool rules_are_good(const struct check *check)
{
	u32 at = check->header->rules;

	for (u32 i = 0; i < check->header->rule_count; i++) {
		if (!script_text_is_good(check, "a rule", at))
			return false;
		at += (u32)strlen(script_text_at(check, at)) + 1;
	}
	return true;
}

static bool texts_are_good(const struct check *check)
{
	const struct script_header *header = check->header;

	if (!strings_are_plain(check) || !script_text_is_good(check, "the name", header->name)
	    || !script_text_is_good(check, "the title", header->title)
	    || !script_text_is_good(check, "the source's path", header->source)
	    || !rules_are_good(check))
		return false;
	u64 length = script_name_length(check->start, check->available, header->name);
	if (length == 0 || length >= SCRIPT_NAME_SIZE)
		return refuse(check->refusal,
			      "the name is not 1 to 95 letters, digits and - . / _: %.96s",
			      script_text_at(check, header->name));
	return true;
}

/* --- The whole file ------------------------------------------------------------------------ */

const char *script_check(const u8 *start, u64 available, struct script *script,
			 char *reason, size_t reason_size)
{
	struct refusal refusal = { reason, reason_size };
	struct check check = {
		.start = start, .available = available, .header = (const void *)start,
		.refusal = &refusal,
	};

	if (!file_is_whole(&kind, start, available, &refusal))
		return reason;
	check.end = (u32)(check.header->size - sizeof(struct file_trailer));
	check.regions = (const void *)(start + check.header->regions);
	check.steps = (const void *)(start + check.header->steps);
	if (!layout_is_good(&check) || !texts_are_good(&check) || !script_regions_are_good(&check)
	    || !script_start_is_good(&check) || !script_steps_are_good(&check))
		return reason;
	*script = (struct script){ check.header, check.regions, check.steps };
	return NULL;
}
