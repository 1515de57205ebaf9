/* explain.h -- an EPT violation or misconfiguration in words: the whole walk, the entry that
 * refuses the access and what it refuses, for readers who do not know exit qualifications
 *
 * Each function adds to a text (kernel/print.h).
 */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "ept/walk.h"
#include "kernel/print.h"

/* "PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > PT[2] r-- wb hpa=0x00417000 <- refuses write" */
void ept_walk_text(struct text *text, const struct ept_walk *walk, enum permission wanted);

/* The same in short: where the walk ended and what its levels together allow, "PT[2] r--
 * hpa=0x00417000", "PD[5] not present". */
void ept_walk_end_text(struct text *text, const struct ept_walk *walk);

/* Why EPT refused the access, to stand behind the access in a sentence.  With the preposition "to":
 * "to a 4 KiB page that its PT entry maps r--", "to a page whose PT entry is illegal: write without
 * read". */
void ept_reason_text(struct text *text, const char *preposition, const struct ept_walk *walk,
		     enum permission wanted);

#endif
