/* vmcs.c -- the fields of the VMCS as a whole: their names and zeros, what was written to them, and
 * the accesses that the processor refuses */
#include "vmx/vmcs.h"
#include "kernel/panic.h"
#include "kernel/string.h"
#include "vmx/capabilities.h"

static const u16 encodings[] = {
#define VMCS(encoding, width, kind, name) encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

static const char names[] =
#define VMCS(encoding, width, kind, name) #name "\0"
#include "vmx/vmcs.def"
#undef VMCS
	;

const char *vmcs_field_name(u32 encoding)
{
	for (size_t i = 0; i < COUNT(encodings); i++)
		if (encodings[i] == encoding)
			return string_at(names, i);
	return NULL;
}

u64 vmcs_read_or_0(enum vmcs_field field)
{
	u64 value = 0;

	vmread(field, &value);
	return value;
}

struct vmcs_written vmcs_written;

/* The I/O bitmaps overrule unconditional I/O exiting (SDM vol. 3, "Processor-Based VM-Execution
 * Controls"). */
void vmcs_judge(enum vmcs_field field, u64 value)
{
	switch (field) {
	case PIN_BASED_CONTROLS:
		vmcs_written.virtual_nmis |= value & PIN_BASED_virtual_nmis;
		break;
	case PRIMARY_CONTROLS:
		vmcs_written.msrs |= value & PRIMARY_use_msr_bitmaps;
		vmcs_written.ports |= value & PRIMARY_use_io_bitmaps ||
				      !(value & PRIMARY_unconditional_io_exiting);
		break;
	default:
		vmcs_written.msrs |= value != 0;
		break;
	}
}

struct vmcs_set vmcs_zero_all(void)
{
	struct vmcs_set found = { 0 };

	for (size_t i = 0; i < COUNT(encodings); i++)
		if (vmwrite(encodings[i], 0) == SUCCEEDED)
			vmcs_set_add(&found, encodings[i]);
	return found;
}

void vmcs_zero(const struct vmcs_set *fields)
{
	for (u32 word = 0; word < VMCS_WORDS; word++)
		for (u64 bits = fields->words[word]; bits; bits &= bits - 1)
			vmcs_put(word / KINDS << 13 | word % KINDS << 10 |
				 (u32)__builtin_ctzll(bits) << 1, 0);
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
