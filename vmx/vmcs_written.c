/* vmcs_written.c -- what was written to VMCSs beside what each VM starts with */
#include "vmx/vmcs_written.h"
#include "vmx/capabilities.h"

struct vmcs_written vmcs_written;

/* SDM vol. 3, "Processor-Based VM-Execution Controls": the bitmaps overrule unconditional exiting. */
static void note_primary_controls(u64 value)
{
	vmcs_written.ports |= value & PRIMARY_use_io_bitmaps ||
			      !(value & PRIMARY_unconditional_io_exiting);
	vmcs_written.msrs |= value & PRIMARY_use_msr_bitmaps;
}

void vmcs_written_add(enum vmcs_field field, u64 value)
{
	vmcs_set_add(&vmcs_written.fields, field);
	if (field == PRIMARY_CONTROLS)
		note_primary_controls(value);
	if (field == ENTRY_MSR_LOAD_COUNT || field == EXIT_MSR_LOAD_COUNT)
		vmcs_written.msrs |= value != 0;
}
