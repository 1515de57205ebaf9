/* entry_terms.h -- what the expressions of the tables entry_*.def are made of; `state` is the
 * state that they look at
 */
#ifndef ENTRY_TERMS_H
#define ENTRY_TERMS_H

#include "tests/model/entry_control_terms.h"
#include "tests/model/entry_event_terms.h"
#include "tests/model/entry_guest_terms.h"
#include "tests/model/entry_memory_terms.h"
#include "tests/model/entry_msr_list.h"
#include "tests/model/entry_nonregister_terms.h"
#include "tests/model/entry_segment_terms.h"
#include "tests/model/entry_state_terms.h"

#endif
