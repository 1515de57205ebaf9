/* refusal.h -- a VM entry that was refused and should not have been: the rules that it violates */
#ifndef REFUSAL_H
#define REFUSAL_H

#include "tests/module/extension.h"

/* As long as the VMCS is as it was entered. */
explain_entry_t entry_explain_refusal;

#endif
