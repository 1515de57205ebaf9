/* entry_words.h -- a VM entry in words: which rules it violates, and how it has to end */
#ifndef ENTRY_WORDS_H
#define ENTRY_WORDS_H

#include "tests/explain/dump.h"

void entry_explain(const struct dump *dump);

#endif
