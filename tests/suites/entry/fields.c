/* fields.c -- the model's fields, as fields of this processor's VMCS */
#include "tests/suites/entry/fields.h"
#include "kernel/string.h"
#include "vmx/start_vmcs.h"

const u16 entry_field_encodings[ENTRY_FIELDS] = {
#define FIELD(encoding, name) encoding,
#include "tests/model/entry_fields.def"
#undef FIELD
};

static const char names[] =
#define FIELD(encoding, name) #name "\0"
#include "tests/model/entry_fields.def"
#undef FIELD
	;

const char *entry_field_name(enum entry_field field)
{
	return string_at(names, field);
}

bool entry_field_exists(enum entry_field field)
{
	return vmcs_set_has(vmcs_fields(), entry_field_encodings[field]);
}

unsigned entry_field_width(enum entry_field field)
{
	switch (VMCS_WIDTH(entry_field_encodings[field])) {
	case W16: return 16;
	case W32: return 32;
	default:  return 64;
	}
}
