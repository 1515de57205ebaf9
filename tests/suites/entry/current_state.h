/* current_state.h -- what an entry into the current VMCS would look at */
#ifndef CURRENT_STATE_H
#define CURRENT_STATE_H

#include "tests/model/entry_state.h"

/* Reads those that exist here; the others stay as they are. */
void entry_read_fields(u64 fields[ENTRY_FIELDS]);
/* The fields that the current VMCS has now; memory is that of this machine. */
struct entry_state entry_state_here(const struct entry_processor *processor);

#endif
