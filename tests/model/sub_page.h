/* sub_page.h -- writes to a part of a page that may not be written as a whole
 * (SDM vol. 3, "Sub-Page Write Permissions") */
#ifndef SUB_PAGE_H
#define SUB_PAGE_H

#include "tests/model/ept.h"

/* Answers a write, or a read-modify-write, that lacks nothing but EPT's permission to write. */
enum ept_answer sub_page_access(struct walk *walk, const struct ept_translation *translation);

#endif
