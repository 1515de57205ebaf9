/* printed_pages.h -- the pages of a case of VM entry, as its scenario declares them */
#ifndef PRINTED_PAGES_H
#define PRINTED_PAGES_H

#include "tests/suites/entry/base.h"

/* What the scenario calls the page of the test's own that the field leads to, and the bits of the
 * field that are not of the page's address; null if it leads to none. */
const char *entry_page_of(const struct entry_machine *machine, enum entry_field field, u64 *others);

/* The pages that the machine's state leads to; then, at the end of the scenario, what is in
 * them. */
void entry_print_pages(const struct entry_machine *machine);
void entry_print_contents(const struct entry_machine *machine);

#endif
