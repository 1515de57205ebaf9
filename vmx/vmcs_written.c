/* vmcs_written.c -- what was written to VMCSs beside what each VM starts with */
#include "vmx/vmcs_written.h"
#include "vmx/capabilities.h"

struct vmcs_written vmcs_written;

/* The I/O bitmaps overrule unconditional I/O exiting (SDM vol. 3, "Processor-Based VM-Execution
 * Controls"). */
void vmcs_written_judge(enum vmcs_field field, u64 value)
{
	if (field != PRIMARY_CONTROLS) {
		vmcs_written.msrs |= value != 0;
		return;
	}
	vmcs_written.msrs |= value & PRIMARY_use_msr_bitmaps;
	vmcs_written.ports |= value & PRIMARY_use_io_bitmaps ||
			      !(value & PRIMARY_unconditional_io_exiting);
}
