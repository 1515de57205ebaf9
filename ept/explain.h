/* explain.h -- an EPT violation or misconfiguration in words: the whole walk, the guilty entry and
 * what it refuses, and a sentence for somebody who does not read exit qualifications */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "ept/violation.h"
#include "ept/walk.h"

/* "PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > PT[2] r-- wb hpa=0x00417000 <- refuses write" */
size_t ept_walk_text(char *text, size_t size, const struct ept_walk *walk, enum permission wanted);

/* "a write, reached through guest-linear 0x2008, to a 4 KiB page that its PT entry maps r--" */
size_t ept_violation_text(char *text, size_t size, const struct ept_violation *violation,
			  gla_t linear, const struct ept_walk *walk);

/* "an access to a page whose PT entry is illegal: write without read" */
size_t ept_misconfiguration_text(char *text, size_t size, const struct ept_walk *walk);

#endif
