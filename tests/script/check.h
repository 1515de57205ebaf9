/* check.h -- a scenario while it is being checked: what the parts of script_check() share
 *
 * A function whose name says that something is good returns true, or it writes the reason to the
 * refusal and returns false.  `which` is the number of a step, counted from 0.
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

/* An EPT entry's bits that are part of the address whatever the processor's physical width is.  An
 * author does not set them, as the engine chooses the address. */
#define ALWAYS_ADDRESS BITS(31, 12)

/* Bits that entry_bits= may not have: those, and 5:0, for which there are access= and type=. */
#define NOT_FOR_AUTHOR (BITS(5, 0) | ALWAYS_ADDRESS)
#define BITS_NOT_FOR_AUTHOR "reach into bits 5:0 (access and type) or 31:12 (the address)"

/* The text at an offset of the file, which must be that of a text. */
const char *script_text_at(const struct check *check, u32 offset);

/* Whether a text is at the offset of the file. */
bool script_is_text(const struct check *check, u32 offset);

/* The same with a reason; `what` is its subject: "the name". */
bool script_text_is_good(const struct check *check, const char *what, u32 offset);

/* Writes a reason that begins with the step and its line.  Returns false. */
__attribute__((format(printf, 3, 4)))
bool refuse_step(const struct check *check, u32 which, const char *format, ...);

#endif
