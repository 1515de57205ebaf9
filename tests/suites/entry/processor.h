/* processor.h -- this processor, as the model of VM entry asks for it */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "tests/model/entry_state.h"

/* From the capability MSRs and CPUID. */
void entry_processor_read(struct entry_processor *processor);

#endif
