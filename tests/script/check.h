/* check.h -- a scenario while it is being checked: what the parts of script_check() share
 *
 * Of the functions that say whether something is good each returns false after it gave the refusal
 * its reason.  A step is meant by its number, `which`, from 0.
 */
#ifndef CHECK_H
#define CHECK_H

#include "tests/script/script.h"

struct check {
	const u8 *start;
	u64 available;
	const struct script_header *header;
	const struct script_region *regions;
	const struct script_step *steps;
	u32 end;                        /* where the trailer begins */
	const struct refusal *refusal;
};

/* Bits of an EPT entry that have words of their own, or that the engine owns. */
#define ADDRESS_FOR_SURE BITS(31, 12)   /* whatever the physical width */
#define NOT_FOR_AUTHOR (BITS(5, 0) | ADDRESS_FOR_SURE)
#define BITS_NOT_FOR_AUTHOR "reach into bits 5:0 (access and type) or 31:12 (the address)"

/* The text at an offset of the file that is one. */
const char *script_text_at(const struct check *check, u32 offset);

bool script_is_text(const struct check *check, u32 offset);

/* `what` begins the reason: "the name". */
bool script_text_is_good(const struct check *check, const char *what, u32 offset);

/* Begins the reason with the step and its line; false. */
__attribute__((format(printf, 3, 4)))
bool refuse_step(const struct check *check, u32 which, const char *format, ...);

#endif
