/* case_print_memory.h -- prints the parts of a case's scenario that declare its memory */
#ifndef CASE_PRINT_MEMORY_H
#define CASE_PRINT_MEMORY_H

#include "tests/suites/cases/case_text.h"

/* The pages, and the EPT entries that are not ordinary; then, at the end of the scenario and after
 * a call of the first, what the pages contain. */
void case_print_pages(struct case_scenario *scenario);
void case_print_contents(const struct case_scenario *scenario);

#endif
