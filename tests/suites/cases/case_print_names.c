/* case_print_names.c -- what is printed of a case has names: pages, addresses, entries */
#include "kernel/print.h"
#include "tests/suites/cases/case_printing.h"

#define GIB_AND_ABOVE BITS(63, 30)

static bool page_is_used(const struct printing *printing, enum case_page page)
{
	for (unsigned i = 0; i < printing->memory->entry_count; i++)
		if (printing->memory->entries[i].page == page)
			return true;
	return false;
}

static u64 real_address(const struct printing *printing, enum case_page page)
{
	return case_address(printing->memory, printing->that, page).raw;
}

/* In the scenario tables stand near the start of their GiB, each in another place: where they are
 * in a large page makes no difference but to the size of the file. */
u64 case_printed_address(const struct printing *printing, enum case_page page)
{
	u64 real = real_address(printing, page);

	return page >= CASE_DATA ? real : (real & GIB_AND_ABOVE) + page * PAGE_SIZE;
}

static bool is_at(u64 address, u64 page)
{
	return ((address ^ page) & EPT_ADDRESS & ~GIB_AND_ABOVE) == 0;
}

void case_place_text(char text[NAME_SIZE], const char *name, u64 offset, u64 differs)
{
	size_t length = print_into(text, NAME_SIZE, "%s", name);

	if (offset)
		length += print_into(text + length, NAME_SIZE - length, " + %#lx", offset);
	if (differs)
		print_into(text + length, NAME_SIZE - length, " ^ %#lx", differs);
}

/* The page of the case that stands there in its GiB; false if none does. */
static bool find_page(const struct printing *printing, u64 address, enum case_page *page)
{
	for (*page = 0; *page < CASE_PAGES; ++*page)
		if (page_is_used(printing, *page) && is_at(address, real_address(printing, *page)))
			return true;
	return false;
}

/* The pages of the way to the code have no other place in the scenario. */
static const char *code_page_at(u64 address)
{
	static const char *const names[] = { "CODE", "CODE_PDPT", "CODE_PD", "CODE_PT" };
	u64 which = (address - CASE_CODE) / PAGE_SIZE;

	return address >= CASE_CODE && which < COUNT(names) ? names[which] : NULL;
}

void case_entry_text(char text[NAME_SIZE], const struct printing *printing, u64 value)
{
	const char *name = code_page_at(value & EPT_ADDRESS);
	enum case_page page;

	if (name)
		case_place_text(text, name, value & PAGE_OFFSET,
				value & ~(EPT_ADDRESS | PAGE_OFFSET));
	else if (find_page(printing, value, &page))
		case_place_text(text, case_page_name(page), value & PAGE_OFFSET,
				(value ^ real_address(printing, page)) & GIB_AND_ABOVE);
	else
		print_into(text, NAME_SIZE, "%#lx", value);
}

void case_address_text(char text[NAME_SIZE], const struct printing *printing, gpa_t address)
{
	enum case_page page;

	if (find_page(printing, address.raw, &page))
		case_place_text(text, case_page_name(page), address.raw & PAGE_OFFSET,
				(address.raw ^ real_address(printing, page)) & GIB_AND_ABOVE);
	else
		print_into(text, NAME_SIZE, "%#lx", address.raw);
}

const char *case_access_text(u64 entry)
{
	static const char *const texts[] = {
		"---", "r--", "-w-", "rw-", "--x", "r-x", "-wx", "rwx",
	};

	return texts[entry & EPT_PERMISSIONS];
}

const char *case_level_word(unsigned level)
{
	static const char *const words[] = { "", "pt", "pd", "pdpt", "pml4", "pml5" };

	return words[level];
}
