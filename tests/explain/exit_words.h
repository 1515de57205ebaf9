/* exit_words.h -- a VM exit in words, from the numbers that a VMM logs of it */
#ifndef EXIT_WORDS_H
#define EXIT_WORDS_H

#include "kernel/types.h"

/* What somebody knows of an exit: the exit-reason field always, the others if `has_` says so. */
struct known_exit {
	u32 reason;
	bool has_qualification, has_gpa, has_gla, has_information, has_instruction;
	u64 qualification, gpa, gla;
	u32 information;                /* VM-exit interruption information */
	u32 instruction;                /* VM-exit instruction information */
};

void exit_explain(const struct known_exit *exit);

/* The basic exit reason in words, "VM entry failed: invalid guest state"; null if there is none. */
const char *exit_text(u32 reason);

/* A line for each exit reason, its number and its name. */
void exit_list(void);

#endif
