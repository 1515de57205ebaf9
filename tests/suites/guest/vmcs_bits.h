/* vmcs_bits.h -- single bits of the current VMCS's fields, and controls that may not be offered */
#ifndef VMCS_BITS_H
#define VMCS_BITS_H

#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

static inline void set_bits(enum vmcs_field field, u64 bits)
{
	vmcs_write(field, vmcs_read(field) | bits);
}

static inline void clear_bits(enum vmcs_field field, u64 bits)
{
	vmcs_write(field, vmcs_read(field) & ~bits);
}

/* Sets controls of a word of 32 bits; false after skip(), which names the first that this processor
 * does not offer. */
bool controls_set(enum control_word word, u32 controls);

#endif
