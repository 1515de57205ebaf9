/* offered_controls.h -- controls that a test sets if this processor offers them */
#ifndef OFFERED_CONTROLS_H
#define OFFERED_CONTROLS_H

#include "vmx/capabilities.h"

/* Sets controls of a word of 32 bits; false after skip(), which names the first that this processor
 * does not offer. */
bool controls_set(enum control_word word, u32 controls);

#endif
