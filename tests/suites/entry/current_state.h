/* current_state.h -- what an entry into the current VMCS would look at */
#ifndef CURRENT_STATE_H
#define CURRENT_STATE_H

#include "tests/model/entry_state.h"

/* The fields that the current VMCS has now; memory is that of this machine. */
struct entry_state entry_state_here(const struct entry_processor *processor);

#endif
