/* case_printing.h -- a case while it is printed, and the parts of what is printed of it */
#ifndef CASE_PRINTING_H
#define CASE_PRINTING_H

#include "tests/suites/cases/case_run.h"

#define PAGE_OFFSET BITS(11, 0)
#define NAME_SIZE   64                          /* of a text below, with the closing zero */

struct printing {
	const struct case_memory *memory;
	const struct ept_case *that;
	const struct case_result *result;
	struct model model;
	u8 whole[CASE_PAGES];                   /* under whose name its large page stands */
	u64 printed[CASE_ENTRIES];              /* places of entries, each to be printed once */
	unsigned printed_count;
};

/* One line of the scenario. */
__attribute__((format(printf, 1, 2)))
void case_line(const char *format, ...);

/* True the first time it is asked of a place. */
bool case_is_new(struct printing *printing, const void *place);

/* --- The parts, in their order --------------------------------------------------------------- */

void case_print_pages(struct printing *printing);
void case_print_registers(const struct printing *printing);
void case_print_expectation(struct printing *printing);
void case_print_code(const struct printing *printing);
void case_print_contents(const struct printing *printing);

/* --- Names: ept_case_print_names.c ----------------------------------------------------------- */

/* Where a page stands in the scenario: guest-physical. */
u64 case_printed_address(const struct printing *printing, enum case_page page);

/* NAME + 0x27 ^ 0x40000000, the last where the address differs in bits that high. */
void case_place_text(char text[NAME_SIZE], const char *name, u64 offset, u64 differs);

/* An entry of the guest's by the name of the page that it leads to, else hexadecimal. */
void case_entry_text(char text[NAME_SIZE], const struct printing *printing, u64 value);

/* A guest-physical address of the case by the name of its page, else hexadecimal. */
void case_address_text(char text[NAME_SIZE], const struct printing *printing, gpa_t address);

/* What an EPT entry allows: "r-x". */
const char *case_access_text(u64 entry);

/* Of an entry, as a scenario has it: "pdpt". */
const char *case_level_word(unsigned level);

#endif
