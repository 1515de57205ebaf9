/* script.c -- believes nothing that a scenario says before it is checked */
#include "tests/script.h"

#include <stdarg.h>

#include "kernel/print.h"
#include "kernel/string.h"
#include "vmx/instructions.h"
#include "vmx/vmcs.h"

#define ENGINE_START   0xffe00000ul     /* the guest paging structures that the engine makes */
#define ENGINE_END     BIT(32)

/* Bits of an EPT entry that have words of their own, or that the engine owns. */
#define ADDRESS_FOR_SURE BITS(31, 12)   /* whatever the physical width */
#define NOT_FOR_AUTHOR (BITS(5, 0) | ADDRESS_FOR_SURE)
#define BITS_NOT_FOR_AUTHOR "reach into bits 5:0 (access and type) or 31:12 (the address)"

/* --- The tables ---------------------------------------------------------------------------- */

static const char *step_name(u32 kind)
{
	switch (kind) {
#define STEP(number, name, what, value) case number: return #name;
#include "tests/steps.def"
#undef STEP
	}
	return NULL;
}

static const char *observable_name_of(u32 number)
{
	switch (number) {
#define OBSERVABLE(number, name, settable, text) case number: return #name;
#include "tests/observables.def"
#undef OBSERVABLE
	}
	return NULL;
}

static bool is_settable(u32 number)
{
	switch (number) {
#define OBSERVABLE(number, name, settable, text) case number: return settable;
#include "tests/observables.def"
#undef OBSERVABLE
	}
	return false;
}

static bool is_exit(u32 reason)
{
	switch (reason) {
#define EXIT(number, name, text) case number:
#include "vmx/exits.def"
#undef EXIT
		return true;
	}
	return false;
}

static bool is_vmcs_field(u32 encoding)
{
	switch (encoding) {
#define VMCS(encoding, width, kind, name) case encoding:
#include "vmx/vmcs.def"
#undef VMCS
		return true;
	}
	return false;
}

/* Bits 11:10 of an encoding: 1 is VM-exit information
 * (SDM vol. 3, appendix "Field Encoding in VMCS"). */
static bool is_read_only(u32 encoding)
{
	return (encoding >> 10 & 3) == 1;
}

/* Bits 14:13: 1 is 64 bits wide, whatever the processor's mode; a natural width is none of that. */
static bool is_64_bit(u32 encoding)
{
	return (encoding >> 13 & 3) == 1;
}

/* Kinds that are about one EPT hierarchy. */
static bool has_view(u32 kind)
{
	switch (kind) {
	case STEP_VMCS_VIEW: case STEP_EPTP: case STEP_CHECK_VIEW: case STEP_REMAP:
	case STEP_FLAGS: case STEP_CLEAR_FLAGS: case STEP_INVEPT:
	case STEP_ENTRY_ALLOW: case STEP_ENTRY_SET: case STEP_ENTRY_CLEAR:
		return true;
	}
	return false;
}

/* Bits of the guest's first address; 0 if there is no such mode. */
static unsigned entry_width(u32 mode)
{
	switch (mode) {
#define MODE(number, name, bits, paging, text) case number: return bits == 16 ? 16 : 32;
#include "vmx/modes.def"
#undef MODE
	}
	return 0;
}

static const u64 all_capabilities = 0
#define CAPABILITY(number, name, source, bit, text, remedy) | BIT(number)
#include "vmx/capabilities.def"
#undef CAPABILITY
	;

/* --- Its name ------------------------------------------------------------------------------ */

static bool is_name_character(char character)
{
	return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
		|| (character >= '-' && character <= '9') || character == '_';
}

/* Characters of the name at an offset of the file, up to its closing zero; 0 if it is none. */
static u64 name_length(const u8 *start, u64 available, u64 offset)
{
	u64 length = 0;

	while (offset + length < available && is_name_character((char)start[offset + length]))
		length++;
	return offset + length < available && start[offset + length] == 0 ? length : 0;
}

void script_name(const struct module_file *file, char name[SCRIPT_NAME_SIZE])
{
	const struct script_header *header = (const void *)file->start;
	u64 length = 0;

	if (file->available >= sizeof(*header) && module_file_is(file, SCENARIO_MAGIC))
		length = name_length(file->start, file->available, header->name);
	if (length > 0 && length < SCRIPT_NAME_SIZE)
		memcpy(name, file->start + header->name, length + 1);
	else
		print_into(name, SCRIPT_NAME_SIZE, "module %u at %#lx", file->module, file->offset);
}

/* --- Checking ------------------------------------------------------------------------------ */

struct check {
	const u8 *start;
	u64 available;
	const struct script_header *header;
	const struct script_region *regions;
	const struct script_step *steps;
	u32 end;                        /* where the trailer begins */
	const struct refusal *refusal;
};

const char *script_text(const struct script *script, u32 offset)
{
	return (const char *)script->header + offset;
}

static const char *text_at(const struct check *check, u32 offset)
{
	return (const char *)check->start + offset;
}

/* --- The file's parts ---------------------------------------------------------------------- */

static const struct file_kind kind = {
	.noun = "scenario", .magic = SCENARIO_MAGIC, .version = SCRIPT_VERSION,
	.header_size = sizeof(struct script_header),
};

/* The parts follow one another without a gap: one starts where the one before ended, *at. */
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

static bool is_text(const struct check *check, u32 offset)
{
	const struct script_header *header = check->header;

	return offset >= header->strings && offset - header->strings < header->strings_size;
}

static bool text_is_inside(const struct check *check, const char *what, u32 offset)
{
	if (is_text(check, offset))
		return true;
	return refuse(check->refusal, "%s is at %#x, outside of the strings at %#x to %#x",
		      what, offset, check->header->strings,
		      check->header->strings + check->header->strings_size - 1);
}

static bool texts_are_good(const struct check *check)
{
	const struct script_header *header = check->header;

	if (!strings_are_plain(check) || !text_is_inside(check, "the name", header->name)
	    || !text_is_inside(check, "the title", header->title)
	    || !text_is_inside(check, "the source's path", header->source))
		return false;
	u64 length = name_length(check->start, check->available, header->name);
	if (length == 0 || length >= SCRIPT_NAME_SIZE)
		return refuse(check->refusal,
			      "the name is not 1 to 95 letters, digits and - . / _: %.96s",
			      text_at(check, header->name));
	return true;
}

/* --- Regions ------------------------------------------------------------------------------- */

static bool region_lies_well(const struct check *check, const struct script_region *region)
{
	const char *name = text_at(check, region->name);
	u64 end = region->gpa + region->size;

	if (region->level < EPT_PT || region->level > EPT_PDPT)
		return refuse(check->refusal, "page %s has level %u, of 1 (PT) to 3 (PDPT)",
			      name, region->level);
	u64 page = ept_level_size(region->level);
	if (region->gpa % page)
		return refuse(check->refusal, "page %s is at %#lx, not a multiple of %lu",
			      name, region->gpa, page);
	if (region->size == 0 || region->size % page)
		return refuse(check->refusal, "page %s is %lu bytes, not whole pages of %lu",
			      name, region->size, page);
	if (region->gpa >= SCRIPT_GPA_END || region->size > SCRIPT_GPA_END - region->gpa)
		return refuse(check->refusal, "page %s at %#lx of %#lx bytes ends past %#lx",
			      name, region->gpa, region->size, SCRIPT_GPA_END);
	if (region->gpa < ENGINE_END && end > ENGINE_START)
		return refuse(check->refusal, "page %s at %#lx of %#lx bytes reaches into "
			      "%#lx to %#lx, where the engine keeps the guest paging structures",
			      name, region->gpa, region->size, ENGINE_START, ENGINE_END - 1);
	return true;
}

/* Bits that an address has and that of a large page does not. */
static u64 reserved_in_page(unsigned level)
{
	return ADDRESS_FOR_SURE & (ept_level_size(level) - 1);
}

static bool region_is_legal(const struct check *check, const struct script_region *region)
{
	const char *name = text_at(check, region->name);

	if (region->access > 7)
		return refuse(check->refusal, "page %s has access %#x, of 0 to 7",
			      name, region->access);
	if (region->memory_type > 7)
		return refuse(check->refusal, "page %s has memory type %u, of 0 to 7",
			      name, region->memory_type);
	if (region->entry_bits & NOT_FOR_AUTHOR & ~reserved_in_page(region->level))
		return refuse(check->refusal,
			      "page %s has entry bits %#lx, which " BITS_NOT_FOR_AUTHOR,
			      name, region->entry_bits);
	if (region->contents_end - region->contents > region->size)
		return refuse(check->refusal, "page %s is given %u bytes, more than its %lu", name,
			      region->contents_end - region->contents, region->size);
	return true;
}

static bool region_is_alone(const struct check *check, u32 which)
{
	const struct script_region *region = &check->regions[which];

	for (u32 i = 0; i < which; i++) {
		const struct script_region *other = &check->regions[i];

		if (region->gpa < other->gpa + other->size
		    && other->gpa < region->gpa + region->size)
			return refuse(check->refusal, "page %s at %#lx overlaps page %s at %#lx",
				      text_at(check, region->name), region->gpa,
				      text_at(check, other->name), other->gpa);
	}
	return true;
}

static bool regions_are_good(const struct check *check)
{
	for (u32 i = 0; i < check->header->region_count; i++) {
		const struct script_region *region = &check->regions[i];

		if (!text_is_inside(check, "a page's name", region->name)
		    || !region_lies_well(check, region) || !region_is_legal(check, region)
		    || !region_is_alone(check, i))
			return false;
	}
	return true;
}

/* Whether bytes that a step names lie in one page of the scenario. */
static bool is_in_a_region(const struct check *check, u64 address, u64 size)
{
	for (u32 i = 0; i < check->header->region_count; i++) {
		const struct script_region *region = &check->regions[i];

		if (address >= region->gpa && address - region->gpa < region->size
		    && size <= region->size - (address - region->gpa))
			return true;
	}
	return false;
}

static bool is_start_of_region(const struct check *check, u64 address)
{
	for (u32 i = 0; i < check->header->region_count; i++)
		if (check->regions[i].gpa == address)
			return true;
	return false;
}

static bool start_is_good(const struct check *check)
{
	const struct script_header *header = check->header;
	unsigned width = entry_width(header->mode);

	if (width == 0)
		return refuse(check->refusal, "mode %u, not in vmx/modes.def", header->mode);
	if (header->needs & ~all_capabilities)
		return refuse(check->refusal, "needs %#lx, not in vmx/capabilities.def",
			      header->needs & ~all_capabilities);
	if (header->views < 1 || header->views > SCRIPT_MOST_VIEWS)
		return refuse(check->refusal, "%u views, of 1 to %u",
			      header->views, SCRIPT_MOST_VIEWS);
	if (header->entry >= BIT(width))
		return refuse(check->refusal,
			      "the guest starts at %#lx, in a mode that reaches to %#lx",
			      header->entry, BIT(width) - 1);
	if (!is_in_a_region(check, header->entry, 1))
		return refuse(check->refusal, "the guest starts at %#lx, which is in no page",
			      header->entry);
	return true;
}

/* --- Steps: each by itself ----------------------------------------------------------------- */

__attribute__((format(printf, 3, 4)))
static bool refuse_step(const struct check *check, u32 which, const char *format, ...)
{
	char text[128];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	return refuse(check->refusal, "step %u (line %u) %s",
		      which + 1, check->steps[which].line, text);
}

static bool remap_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];
	u32 access = step->what & 0xff, type = step->what >> 8;

	if (!is_start_of_region(check, step->value))
		return refuse_step(check, which, "remaps %#lx, where no page starts", step->value);
	if (access > 7)
		return refuse_step(check, which, "has access %#x, of 0 to 7", access);
	if (type > 7 && type != SCRIPT_KEEP_TYPE)
		return refuse_step(check, which, "has memory type %u, of 0 to 7", type);
	if (step->second & NOT_FOR_AUTHOR)
		return refuse_step(check, which, "has entry bits %#lx, which " BITS_NOT_FOR_AUTHOR,
				   step->second);
	return true;
}

static bool holds_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->what != 1 && step->what != 2 && step->what != 4 && step->what != 8)
		return refuse_step(check, which, "looks at %u bytes, of 1, 2, 4 or 8", step->what);
	if (!is_in_a_region(check, step->value, step->what))
		return refuse_step(check, which, "looks at %u bytes at %#lx, which are in no page",
				   step->what, step->value);
	return true;
}

static bool entry_is_reached(const struct check *check, u32 which, u32 level)
{
	u64 address = check->steps[which].value;

	if (level < EPT_PT || level > EPT_PML4)
		return refuse_step(check, which, "names an entry of level %u, of 1 to 4", level);
	if (address >= SCRIPT_GPA_END)
		return refuse_step(check, which, "names an entry for %#lx, which no table reaches",
				   address);
	return true;
}

static bool flags_are_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	u64 flags = (step->what & 0xff) | step->second;
	u32 level = step->what >> 8;

	if (flags > (SCRIPT_ACCESSED | SCRIPT_DIRTY))
		return refuse_step(check, which, "has flags %#lx, of 0 to 3", flags);
	if (level)
		return entry_is_reached(check, which, level);
	if (!is_in_a_region(check, step->value, 1))
		return refuse_step(check, which, "looks at the flags of %#lx, which is in no page",
				   step->value);
	return true;
}

static bool clear_flags_is_good(const struct check *check, u32 which)
{
	u64 address = check->steps[which].value;

	return is_start_of_region(check, address)
		|| refuse_step(check, which, "clears the flags of %#lx, where no page starts",
			       address);
}

static bool entry_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!entry_is_reached(check, which, step->what))
		return false;
	if (step->kind == STEP_ENTRY_ALLOW && step->second > 7)
		return refuse_step(check, which, "has access %#lx, of 0 to 7", step->second);
	if (step->kind != STEP_ENTRY_ALLOW && step->second & ADDRESS_FOR_SURE)
		return refuse_step(check, which, "changes bits %#lx of an entry, which reach into "
				   "31:12 (the address)", step->second);
	return true;
}

static bool field_is_good(const struct check *check, u32 which, bool to_write)
{
	u32 encoding = check->steps[which].what;

	if (!is_vmcs_field(encoding))
		return refuse_step(check, which, "names VMCS field %#x, not in vmx/vmcs.def",
				   encoding);
	if (to_write && is_read_only(encoding))
		return refuse_step(check, which, "writes VMCS field %#x, VM-exit information",
				   encoding);
	return true;
}

static bool vmcs_page_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!field_is_good(check, which, true))
		return false;
	if (!is_64_bit(step->what))
		return refuse_step(check, which, "writes an address to VMCS field %#x, "
				   "which is not of 64 bits", step->what);
	if (!is_start_of_region(check, step->value))
		return refuse_step(check, which, "writes the address of %#lx, where no page starts",
				   step->value);
	return true;
}

static bool observable_is_good(const struct check *check, u32 which, bool to_set)
{
	u32 number = check->steps[which].what;
	const char *name = observable_name_of(number);

	if (!name)
		return refuse_step(check, which, "names observable %u, not in observables.def",
				   number);
	if (to_set && !is_settable(number))
		return refuse_step(check, which, "sets %s, which only the processor does", name);
	return true;
}

static bool exit_is_good(const struct check *check, u32 which)
{
	u32 reason = check->steps[which].what;

	return is_exit(reason)
		|| refuse_step(check, which, "expects exit %u, not in vmx/exits.def", reason);
}

static bool count_is_good(const struct check *check, u32 which)
{
	return check->steps[which].value > 0 || refuse_step(check, which, "repeats 0 times");
}

/* Steps about no EPT hierarchy in particular leave it at 0. */
static bool view_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->view >= check->header->views)
		return refuse_step(check, which, "names view %u, of %u",
				   step->view, check->header->views);
	if (step->view != 0 && !has_view(step->kind))
		return refuse_step(check, which, "is %s of view %u, and of none",
				   step_name(step->kind), step->view);
	return true;
}

static bool vmcs_view_is_good(const struct check *check, u32 which)
{
	u32 encoding = check->steps[which].what;

	return encoding == EPT_POINTER
		|| refuse_step(check, which, "writes a view to VMCS field %#x, not EPT_POINTER",
			       encoding);
}

static bool eptp_is_good(const struct check *check, u32 which)
{
	u64 address = check->steps[which].value;

	return is_in_a_region(check, address, sizeof(u64))
		|| refuse_step(check, which, "writes an EPTP to %#lx, which is in no page",
			       address);
}

static bool host_address_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!is_in_a_region(check, step->value, sizeof(u64)))
		return refuse_step(check, which, "writes an address to %#lx, which is in no page",
				   step->value);
	if (step->what >= PAGE_SIZE)
		return refuse_step(check, which, "sets %#x in an address, above bit 11",
				   step->what);
	if (!is_start_of_region(check, step->second))
		return refuse_step(check, which, "writes the address of %#lx, where no page starts",
				   step->second);
	return true;
}

static bool invept_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->what > INVEPT_ALL_CONTEXT)
		return refuse_step(check, which, "is INVEPT of type %u, of 0 to 2", step->what);
	if (step->view != 0 && step->what != INVEPT_SINGLE_CONTEXT)
		return refuse_step(check, which, "is INVEPT of all contexts and of view %u",
				   step->view);
	return true;
}

static bool invvpid_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];
	u32 type = step->what & ~SCRIPT_GIVEN_VPID;

	if (type > INVVPID_SINGLE_CONTEXT_KEEPING_GLOBALS)
		return refuse_step(check, which, "is INVVPID of type %u, of 0 to 3", type);
	if (step->second > BITS(15, 0))
		return refuse_step(check, which, "is INVVPID of VPID %#lx, of 0 to 0xffff",
				   step->second);
	return true;
}

static bool operands_are_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->text != 0 && !is_text(check, step->text))
		return refuse_step(check, which, "has its text at %#x, outside of the strings",
				   step->text);
	if (!view_is_good(check, which))
		return false;
	switch (step->kind) {
	case STEP_VMCS_VALUE:
	case STEP_VMCS_SET:
	case STEP_VMCS_CLEAR: return field_is_good(check, which, true);
	case STEP_CHECK_VMCS: return field_is_good(check, which, false);
	case STEP_VMCS_PAGE:  return vmcs_page_is_good(check, which);
	case STEP_VMCS_VIEW:  return vmcs_view_is_good(check, which);
	case STEP_EPTP:       return eptp_is_good(check, which);
	case STEP_HOST_PAGE:  return host_address_is_good(check, which);
	case STEP_INVEPT:     return invept_is_good(check, which);
	case STEP_INVVPID:    return invvpid_is_good(check, which);
	case STEP_FLAGS:      return flags_are_good(check, which);
	case STEP_CLEAR_FLAGS: return clear_flags_is_good(check, which);
	case STEP_SET:        return observable_is_good(check, which, true);
	case STEP_CHECK:      return observable_is_good(check, which, false);
	case STEP_EXPECT:     return exit_is_good(check, which);
	case STEP_HOLDS:      return holds_is_good(check, which);
	case STEP_REMAP:      return remap_is_good(check, which);
	case STEP_ENTRY_ALLOW:
	case STEP_ENTRY_SET:
	case STEP_ENTRY_CLEAR: return entry_is_good(check, which);
	case STEP_REPEAT:     return count_is_good(check, which);
	}
	return true;
}

/* --- Steps: their order, as in scenario.inc ------------------------------------------------ */

enum phase { NOWHERE = 0, SETUP = 1, EXIT = 2, RUNNING = 4, DONE = 8 };

/* Where a step may stand, and where it leads; NOWHERE: it stays where it is. */
static const struct { enum phase from, to; } order[] = {
	[STEP_VMCS_VALUE] = { SETUP | EXIT,    NOWHERE },
	[STEP_VMCS_SET]   = { SETUP | EXIT,    NOWHERE },
	[STEP_VMCS_CLEAR] = { SETUP | EXIT,    NOWHERE },
	[STEP_VMCS_PAGE]  = { SETUP | EXIT,    NOWHERE },
	[STEP_SET]        = { SETUP | EXIT,    NOWHERE },
	[STEP_EXPECT]     = { SETUP | RUNNING, EXIT },
	[STEP_CHECK]      = { EXIT,            NOWHERE },
	[STEP_CHECK_VMCS] = { EXIT,            NOWHERE },
	[STEP_HOLDS]      = { EXIT,            NOWHERE },
	[STEP_FLAGS]      = { EXIT,            NOWHERE },
	[STEP_CLEAR_FLAGS] = { EXIT,           NOWHERE },
	[STEP_REMAP]      = { EXIT,            NOWHERE },
	[STEP_ENTRY_ALLOW] = { SETUP | EXIT,   NOWHERE },
	[STEP_ENTRY_SET]  = { SETUP | EXIT,    NOWHERE },
	[STEP_ENTRY_CLEAR] = { SETUP | EXIT,   NOWHERE },
	[STEP_VMCS_VIEW]  = { SETUP | EXIT,    NOWHERE },
	[STEP_EPTP]       = { SETUP | EXIT,    NOWHERE },
	[STEP_HOST_PAGE]  = { SETUP | EXIT,    NOWHERE },
	[STEP_CHECK_VIEW] = { EXIT,            NOWHERE },
	[STEP_INVEPT]     = { EXIT,            NOWHERE },
	[STEP_INVVPID]    = { EXIT,            NOWHERE },
	[STEP_RESUME]     = { EXIT,            RUNNING },
	[STEP_RESUME_AT]  = { EXIT,            RUNNING },
	[STEP_SKIP]       = { EXIT,            RUNNING },
	[STEP_REPEAT]     = { SETUP | RUNNING, RUNNING },
	[STEP_END_REPEAT] = { RUNNING,         NOWHERE },
	[STEP_FINISH]     = { EXIT,            DONE },
};

static const char *phase_text(enum phase phase)
{
	switch (phase) {
	case SETUP:   return "before any exit is expected";
	case EXIT:    return "before the exit is answered";
	case RUNNING: return "while the guest runs";
	case DONE:    return "after FINISH";
	case NOWHERE: break;
	}
	return "nowhere";
}

struct progress {
	enum phase phase;
	bool repeating, expected;       /* inside REPEAT; and since it, an exit was expected */
};

static bool repeat_is_in_order(const struct check *check, u32 which, struct progress *progress)
{
	switch (check->steps[which].kind) {
	case STEP_REPEAT:
		if (progress->repeating)
			return refuse_step(check, which, "is REPEAT inside REPEAT");
		progress->repeating = true;
		progress->expected = false;
		break;
	case STEP_END_REPEAT:
		if (!progress->repeating || !progress->expected)
			return refuse_step(check, which, "is END_REPEAT with nothing to repeat");
		progress->repeating = false;
		break;
	case STEP_FINISH:
		if (progress->repeating)
			return refuse_step(check, which, "is FINISH inside REPEAT");
		break;
	case STEP_EXPECT:
		progress->expected = true;
		break;
	}
	return true;
}

static bool step_is_in_order(const struct check *check, u32 which, struct progress *progress)
{
	u32 kind = check->steps[which].kind;

	if (!(order[kind].from & progress->phase))
		return refuse_step(check, which, "is %s %s", step_name(kind),
				   phase_text(progress->phase));
	if (!repeat_is_in_order(check, which, progress))
		return false;
	if (order[kind].to != NOWHERE)
		progress->phase = order[kind].to;
	return true;
}

static bool steps_are_good(const struct check *check)
{
	struct progress progress = { .phase = SETUP };

	for (u32 i = 0; i < check->header->step_count; i++) {
		u32 kind = check->steps[i].kind;

		if (!step_name(kind))
			return refuse_step(check, i, "has kind %u, of %lu", kind, COUNT(order) - 1);
		if (!operands_are_good(check, i) || !step_is_in_order(check, i, &progress))
			return false;
	}
	if (progress.phase != DONE)
		return refuse(check->refusal, "the steps end without FINISH");
	return true;
}

/* --- All of it ----------------------------------------------------------------------------- */

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
	if (!layout_is_good(&check) || !texts_are_good(&check) || !regions_are_good(&check)
	    || !start_is_good(&check) || !steps_are_good(&check))
		return reason;
	*script = (struct script){ check.header, check.regions, check.steps };
	return NULL;
}
