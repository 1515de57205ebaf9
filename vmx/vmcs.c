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

static void panic_on(const char *instruction, u32 field, outcome_t outcome)
{
	const char *name = vmcs_field_name(field);
	char text[96];

	outcome_text(text, sizeof(text), outcome);
	panic("%s of %s (%#x): %s", instruction, name ? name : "an unknown field", field, text);
}

/* Both are on the path of every exit, so success costs no call: CF and ZF are both clear ("above").
 * A refusal is asked for again, the way that names it. */

u64 vmcs_read(enum vmcs_field field)
{
	bool succeeded;
	u64 value;

	asm volatile ("vmread %2, %0" : "=r" (value), "=@cca" (succeeded) : "r" ((u64)field));
	if (!succeeded)
		panic_on("VMREAD", field, vmread(field, &value));
	return value;
}

void vmcs_write(enum vmcs_field field, u64 value)
{
	bool succeeded;

	asm volatile ("vmwrite %1, %2" : "=@cca" (succeeded) : "r" (value), "r" ((u64)field));
	if (!succeeded)
		panic_on("VMWRITE", field, vmwrite(field, value));
}
