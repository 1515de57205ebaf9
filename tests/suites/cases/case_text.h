/* case_text.h -- the parts of a case as the text of a scenario: addresses, entries, lines */
#ifndef CASE_TEXT_H
#define CASE_TEXT_H

#include "tests/suites/cases/case_line.h"
#include "tests/suites/cases/case_memory.h"

#define CASE_TEXT_SIZE   64                     /* of a text below, with the closing zero */
#define CASE_PAGE_OFFSET BITS(11, 0)            /* of an address */

/* The case that is printed; it is the one that was built last. */
struct case_scenario {
	const struct case_memory *memory;
	const struct test_case *test_case;
	u8 declared[CASE_PAGES];                /* by which case_page's name it is declared */
};

/* Places of entries; an entry that is listed twice in memory->entries is printed once. */
struct case_places {
	u64 place[CASE_ENTRIES];
	unsigned count;
};

/* False if the place was added before. */
bool case_places_add(struct case_places *places, const void *place);

/* Guest-physical address of a page in the scenario. */
u64 case_printed_address(const struct case_scenario *scenario, enum case_page page);

/* NAME + 0x27 ^ 0x40000000: an offset, and bits that are inverted, each only if it is not 0. */
void case_place_text(char text[CASE_TEXT_SIZE], const char *name, u64 offset, u64 inverted);

/* An entry of the guest's, and a guest-physical address, by the name of the page that the address
 * is in; hexadecimal where it is in none. */
void case_entry_text(char text[CASE_TEXT_SIZE], const struct case_scenario *scenario, u64 value);
void case_address_text(char text[CASE_TEXT_SIZE], const struct case_scenario *scenario,
		       gpa_t address);

/* A level of paging structures as scenarios write it: "pdpt". */
const char *case_level_word(unsigned level);

#endif
