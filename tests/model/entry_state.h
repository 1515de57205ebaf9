/* entry_state.h -- all that VM entry looks at: the fields of the VMCS, the processor, and what
 * stands in memory where the fields lead
 */
#ifndef ENTRY_STATE_H
#define ENTRY_STATE_H

#include "kernel/types.h"

enum entry_field {
#define FIELD(encoding, name) ENTRY_FIELD_##name,
#include "tests/model/entry_fields.def"
#undef FIELD
	ENTRY_FIELDS
};

/* The bits of an MSR that VM entry may load it with; 0 for an MSR that does not exist. */
struct entry_msr_bits {
	u64 debugctl, perf_global_ctrl, efer, bndcfgs, rtit_ctl, s_cet, lbr_ctl, spec_ctrl;
};

struct entry_processor {
	/* SDM vol. 3, appendix "VMX Capability Reporting Facility".  Of the controls, the TRUE MSR
	 * where IA32_VMX_BASIC[55] says that there is one; 0 for an MSR that does not exist. */
	u64 basic, pin_based, primary, secondary, tertiary, exit, secondary_exit, entry;
	u64 misc, cr0_fixed0, cr0_fixed1, cr4_fixed0, cr4_fixed1, ept_vpid, vm_functions;
	u8  physical_width, linear_width;       /* bits; CPUID.80000008H:EAX[7:0] and [15:8] */
	bool sgx, rtm;                          /* CPUID.(7,0):EBX[2] and [11] */
	struct entry_msr_bits msr_bits;
};

/* Copies so many bytes of memory; false where nobody can say what stands there. */
typedef bool entry_read_t(const void *context, u64 address, void *to, size_t size);

struct entry_state {
	u64 fields[ENTRY_FIELDS];
	u64 current_vmcs;                       /* the current-VMCS pointer */
	bool x2apic;                            /* the local APIC is in x2APIC mode */
	const struct entry_processor *processor;
	entry_read_t *read;
	const void *memory;                     /* for `read` */
};

#endif
