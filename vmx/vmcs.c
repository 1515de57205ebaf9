#include "vmx/vmcs.h"
#include "kernel/panic.h"

static const struct {
	u32 encoding;
	const char *name;
} fields[] = {
#define VMCS(encoding, width, kind, name) { encoding, #name },
#include "vmx/vmcs.def"
#undef VMCS
};

const char *vmcs_field_name(u32 encoding)
{
	for (size_t i = 0; i < COUNT(fields); i++)
		if (fields[i].encoding == encoding)
			return fields[i].name;
	return NULL;
}

__attribute__((noreturn))
static void panic_on(const char *instruction, u32 field, outcome_t outcome)
{
	const char *name = vmcs_field_name(field);
	char text[96];

	outcome_text(text, sizeof(text), outcome);
	panic("%s of %s (%#x): %s", instruction, name ? name : "an unknown field", field, text);
}

void vmcs_read_refused(enum vmcs_field field)
{
	u64 value;

	panic_on("VMREAD", field, vmread(field, &value));
}

void vmcs_write_refused(enum vmcs_field field, u64 value)
{
	panic_on("VMWRITE", field, vmwrite(field, value));
}
