/* fields.h -- the model's fields, as fields of this processor's VMCS */
#ifndef FIELDS_H
#define FIELDS_H

#include "tests/model/entry_state.h"
#include "vmx/vmcs.h"

extern const u16 entry_field_encodings[ENTRY_FIELDS];

static inline enum vmcs_field entry_field_encoding(enum entry_field field)
{
	return entry_field_encodings[field];
}

/* "guest_cr0". */
const char *entry_field_name(enum entry_field field);

/* Whether this processor has it; known since the first VM. */
bool entry_field_exists(enum entry_field field);

/* 16, 32 or 64; natural width is 64. */
unsigned entry_field_width(enum entry_field field);

static inline enum vmcs_kind entry_field_kind(enum entry_field field)
{
	return VMCS_KIND(entry_field_encoding(field));
}

#endif
