/* printed_pages.c -- the pages of a case of VM entry, as its scenario declares them */
#include "tests/suites/entry/printed_pages.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/suites/cases/case_line.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/palette.h"
#include "vmx/capabilities.h"

#define FIELD(name) ENTRY_FIELD_##name

/* --- Pages that fields of the VMCS lead to ---------------------------------------------------- */

enum page_kind { EPTP_LIST, ZEROS, ENTRY_LIST, EXIT_LOADS, EXIT_STORES, LINKED, PAGE_KINDS };

/* No guest sees them, but they need a place in guest-physical memory. */
static const struct {
	const char *name;
	u64 at, size;
} kinds[PAGE_KINDS] = {
	[EPTP_LIST]   = { "EPTP_LIST", 0x5000, PAGE_SIZE },
	[ZEROS]       = { "ZEROS", 0x6000, PAGE_SIZE },
	[ENTRY_LIST]  = { "ENTRY_LIST", 0x8000, 2 * PAGE_SIZE },
	[EXIT_LOADS]  = { "EXIT_LOADS", 0xa000, 2 * PAGE_SIZE },
	[EXIT_STORES] = { "EXIT_STORES", 0xc000, 2 * PAGE_SIZE },
	[LINKED]      = { "LINKED", 0xe000, PAGE_SIZE },
};

static bool find_entry_list(const struct base_memory *memory, hpa_t page)
{
	for (unsigned i = 0; i < memory->entry_list_count; i++)
		if (memory->entry_lists[i].raw == page.raw)
			return true;
	return false;
}

static hpa_t page_of(const struct entry_machine *machine, enum entry_field field)
{
	return hpa(machine->state.fields[field] & BITS(vmx_capabilities.physical_width - 1, 12));
}

/* PAGE_KINDS if the field leads to no page of the test's own.  A scenario may have no page that
 * holds EPTPs and is written to by the processor. */
static enum page_kind kind_of(const struct entry_machine *machine, enum entry_field field)
{
	const struct base_memory *memory = &machine->memory;
	hpa_t page = page_of(machine, field);
	const struct {
		enum page_kind kind;
		bool is_it;
	} rows[] = {
		{ PAGE_KINDS, !entry_field_is_address(machine, field) },
		{ EPTP_LIST, page.raw == memory->page.raw && field == FIELD(eptp_list_address) },
		{ ZEROS, page.raw == memory->page.raw },
		{ ENTRY_LIST, find_entry_list(memory, page) },
		{ EXIT_LOADS, page.raw == memory->exit_load_list.raw },
		{ EXIT_STORES, page.raw == memory->exit_store_list.raw },
		{ LINKED, page.raw == memory->link.raw || page.raw == memory->other_link.raw ||
			  page.raw == memory->wrong_link.raw },
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].is_it)
			return rows[i].kind;
	return PAGE_KINDS;
}

const char *entry_page_of(const struct entry_machine *machine, enum entry_field field, u64 *others)
{
	enum page_kind kind = kind_of(machine, field);

	*others = machine->state.fields[field] ^ page_of(machine, field).raw;
	return kind == PAGE_KINDS ? NULL : kinds[kind].name;
}

static bool differs(const struct entry_machine *machine, enum entry_field field)
{
	return machine->state.fields[field] != machine->start[field];
}

/* The page of each kind that is in use; 0 where none is. */
static void list_pages(const struct entry_machine *machine, hpa_t pages[PAGE_KINDS])
{
	for (enum page_kind kind = 0; kind < PAGE_KINDS; kind++)
		pages[kind] = hpa(0);
	for (enum entry_field field = 0; field < ENTRY_FIELDS; field++) {
		enum page_kind kind = kind_of(machine, field);

		if (kind != PAGE_KINDS && differs(machine, field))
			pages[kind] = page_of(machine, field);
	}
}

/* --- Pages of the guest ----------------------------------------------------------------------- */

struct guest_page {
	const char *name;
	u64 at;
	const u8 *bytes;
	bool used;
};

enum { IDT, GDT, STACK, GUEST_PAGES };

static void list_guest_pages(const struct entry_machine *machine,
			     struct guest_page pages[GUEST_PAGES])
{
	const struct base_memory *memory = &machine->memory;

	pages[IDT] = (struct guest_page){ "IDT", BASE_IDT, memory->idt,
					differs(machine, FIELD(guest_idtr_base)) };
	pages[GDT] = (struct guest_page){ "GDT", BASE_GDT, memory->gdt,
					differs(machine, FIELD(guest_gdtr_base)) ||
					differs(machine, FIELD(guest_tr_base)) };
	pages[STACK] = (struct guest_page){ "STACK", BASE_STACK & ~(PAGE_SIZE - 1ul), NULL,
					differs(machine, FIELD(guest_rsp)) };
}

void entry_print_pages(const struct entry_machine *machine)
{
	struct guest_page of_guest[GUEST_PAGES];
	hpa_t pages[PAGE_KINDS];

	list_guest_pages(machine, of_guest);
	list_pages(machine, pages);
	case_line("        page    CODE, at=%#lx, access=r-x", BASE_CODE);
	for (unsigned i = 0; i < GUEST_PAGES; i++)
		if (of_guest[i].used)
			case_line("        page    %s, at=%#lx, access=rw-", of_guest[i].name,
				  of_guest[i].at);
	for (enum page_kind kind = 0; kind < PAGE_KINDS; kind++)
		if (pages[kind].raw)
			case_line("        page    %s, at=%#lx, access=---, size=%#lx",
				  kinds[kind].name, kinds[kind].at, kinds[kind].size);
}

/* --- Contents --------------------------------------------------------------------------------- */

#define UNIT 16                                 /* bytes that a line says, or says to repeat */

static size_t used_length(const u8 *bytes, size_t size)
{
	while (size && !bytes[size - 1])
		size--;
	return (size + UNIT - 1) / UNIT * UNIT;
}

static void print_bytes(const char *name, const u8 *bytes, size_t size)
{
	size_t length = used_length(bytes, size), alike;

	case_line("%s", "");
	case_line("contents %s", name);
	for (size_t at = 0; at < length; at += alike) {
		const u64 *words = (const u64 *)(bytes + at);

		for (alike = UNIT; at + alike < length; alike += UNIT)
			if (memcmp(bytes + at, bytes + at + alike, UNIT) != 0)
				break;
		case_line("        times %lu dq %#lx, %#lx", alike / UNIT, words[0], words[1]);
	}
}

static void print_code(const struct entry_machine *machine, bool has_handler)
{
	static const char *const modes[GUEST_MODES] = {
#define MODE(number, name, ...) [number] = #name,
#include "vmx/modes.def"
#undef MODE
	};

	case_line("guest CODE, mode=%s", modes[machine->base->mode]);
	case_line("%s", "");
	case_line("        vmcall");
	if (!has_handler)
		return;
	case_line("        times %#lx - ($ - $$) db 0  ; where events lead",
		  BASE_HANDLER - BASE_CODE);
	case_line("        vmcall");
}

void entry_print_contents(const struct entry_machine *machine)
{
	struct guest_page of_guest[GUEST_PAGES];
	hpa_t pages[PAGE_KINDS];

	list_guest_pages(machine, of_guest);
	list_pages(machine, pages);
	print_code(machine, of_guest[IDT].used);
	for (unsigned i = 0; i < GUEST_PAGES; i++)
		if (of_guest[i].used && of_guest[i].bytes)
			print_bytes(of_guest[i].name, of_guest[i].bytes, PAGE_SIZE);
	for (enum page_kind kind = 0; kind < PAGE_KINDS; kind++)
		if (pages[kind].raw && kind > ZEROS)
			print_bytes(kinds[kind].name, at_hpa(pages[kind]), kinds[kind].size);
}
