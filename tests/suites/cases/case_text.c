/* case_text.c -- turns addresses and entries of a case into the text of a scenario */
#include "tests/suites/cases/case_text.h"
#include "kernel/print.h"

#define GIB_AND_ABOVE BITS(63, 30)

bool case_places_add(struct case_places *places, const void *place)
{
	for (unsigned i = 0; i < places->count; i++)
		if (places->place[i] == (u64)place)
			return false;
	places->place[places->count++] = (u64)place;
	return true;
}

/* --- Addresses ------------------------------------------------------------------------------- */

static u64 built_address(const struct case_scenario *scenario, enum case_page page)
{
	return case_address(scenario->memory, scenario->test_case, page).raw;
}

/* The scenario's file holds a large page from its start to the last byte that is not 0.  To keep it
 * small, tables are moved near the start of their GiB, which makes no difference to the access. */
u64 case_printed_address(const struct case_scenario *scenario, enum case_page page)
{
	u64 built = built_address(scenario, page);

	return page >= CASE_DATA ? built : (built & GIB_AND_ABOVE) + page * PAGE_SIZE;
}

static bool page_is_used(const struct case_scenario *scenario, enum case_page page)
{
	for (unsigned i = 0; i < scenario->memory->entry_count; i++)
		if (scenario->memory->entries[i].page == page)
			return true;
	return false;
}

/* The page that has the same place in its GiB as the address; false if none has. */
static bool find_page(const struct case_scenario *scenario, u64 address, enum case_page *page)
{
	for (*page = 0; *page < CASE_PAGES; ++*page) {
		u64 inverted = address ^ built_address(scenario, *page);

		if (page_is_used(scenario, *page) && !(inverted & EPT_ADDRESS & ~GIB_AND_ABOVE))
			return true;
	}
	return false;
}

/* Null if it is not the address of a page of the code, nor of its tables. */
static const char *code_page_at(u64 address)
{
	static const char *const names[] = { "CODE", "CODE_PDPT", "CODE_PD", "CODE_PT" };
	u64 which = (address - CASE_CODE_PAGE) / PAGE_SIZE;

	return address >= CASE_CODE_PAGE && which < COUNT(names) ? names[which] : NULL;
}

/* --- Texts ----------------------------------------------------------------------------------- */

void case_place_text(char text[CASE_TEXT_SIZE], const char *name, u64 offset, u64 inverted)
{
	size_t length = print_into(text, CASE_TEXT_SIZE, "%s", name);

	if (offset)
		length += print_into(text + length, CASE_TEXT_SIZE - length, " + %#lx", offset);
	if (inverted)
		print_into(text + length, CASE_TEXT_SIZE - length, " ^ %#lx", inverted);
}

/* Bits 11:0 of an entry are no part of its address, but are written like an offset. */
static void value_text(char text[CASE_TEXT_SIZE], const struct case_scenario *scenario, u64 value)
{
	enum case_page page;

	if (find_page(scenario, value, &page))
		case_place_text(text, case_page_name(page), value & CASE_PAGE_OFFSET,
				(value ^ built_address(scenario, page)) & GIB_AND_ABOVE);
	else
		print_into(text, CASE_TEXT_SIZE, "%#lx", value);
}

void case_entry_text(char text[CASE_TEXT_SIZE], const struct case_scenario *scenario, u64 value)
{
	const char *name = code_page_at(value & EPT_ADDRESS);

	if (name)
		case_place_text(text, name, value & CASE_PAGE_OFFSET,
				value & ~(EPT_ADDRESS | CASE_PAGE_OFFSET));
	else
		value_text(text, scenario, value);
}

void case_address_text(char text[CASE_TEXT_SIZE], const struct case_scenario *scenario,
		       gpa_t address)
{
	value_text(text, scenario, address.raw);
}

const char *case_level_word(unsigned level)
{
	static const char *const words[] = { "", "pt", "pd", "pdpt", "pml4", "pml5" };

	return words[level];
}
