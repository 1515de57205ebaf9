/* error_words.h -- a VM-instruction error in words */
#ifndef ERROR_WORDS_H
#define ERROR_WORDS_H

#include "kernel/types.h"

void error_explain(u32 number);

/* "VM entry with invalid control field(s)"; null if the SDM does not define the number. */
const char *error_text(u32 number);

/* A line for each VM-instruction error, its number and its name. */
void error_list(void);

#endif
