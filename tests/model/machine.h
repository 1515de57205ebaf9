/* machine.h -- what decides over a guest's access: the processor, the controls in force, the
 * guest's registers, the memory; and the access itself */
#ifndef MACHINE_H
#define MACHINE_H

#include "kernel/types.h"

/* What the processor offers. */
struct model_processor {
	u8   physical_width;                    /* bits, at most 52; CPUID.80000008H:EAX[7:0] */
	bool pages_1g;                          /* of guest paging; CPUID.80000001H:EDX[26] */
	bool execute_only;                      /* IA32_VMX_EPT_VPID_CAP, bit 0 */
	bool ept_2m, ept_1g;                    /* bits 16 and 17 */
	bool advanced_information;              /* bit 22, "advanced VM-exit information" */
};

static inline struct model_processor model_processor(u64 ept_vpid_capabilities, u8 physical_width,
						     bool pages_1g)
{
	return (struct model_processor){
		.physical_width       = physical_width,
		.pages_1g             = pages_1g,
		.execute_only         = ept_vpid_capabilities & BIT(0),
		.ept_2m               = ept_vpid_capabilities & BIT(16),
		.ept_1g               = ept_vpid_capabilities & BIT(17),
		.advanced_information = ept_vpid_capabilities & BIT(22),
	};
}

/* VM-execution controls, by the SDM's names.  VM entry must accept them. */
struct model_controls {
	u64   eptp;
	bool  mode_based_execute;               /* "mode-based execute control for EPT" */
	bool  ept_violation_ve;                 /* "EPT-violation #VE" */
	bool  enable_pml;
	bool  sub_page_write;                   /* "sub-page write permissions for EPT" */
	hpa_t ve_information;                   /* the virtualization-exception information area */
	hpa_t pml_address;
	u16   pml_index;
	hpa_t sub_page_table;                   /* the sub-page-permission-table pointer */
};

struct model_guest {
	u64  cr0, cr3, cr4, efer, rflags;
	u64  pdpte[4];                          /* the PDPTE registers, where PAE paging begins */
	u8   cpl;
	bool in_64bit_mode;                     /* IA32_EFER.LMA = CS.L = 1 */
};

/* Host-physical memory from 0 to size stands at `start`, an address of this program. */
struct model_memory {
	u64 start, size;
};

struct model {
	struct model_processor processor;
	struct model_controls controls;
	struct model_guest guest;
	struct model_memory memory;
};

enum model_access_kind {
	MODEL_READ,
	MODEL_WRITE,
	MODEL_READ_MODIFY_WRITE,
	MODEL_FETCH,
	MODEL_LOAD_PDPTES,                      /* by MOV to CR; it has no linear address */
};

struct model_access {
	enum model_access_kind kind;
	gla_t linear;
	u8    size;                             /* bytes, 1 to 15; may reach into the next page */
	bool  implicit;                         /* an implicit supervisor-mode access */
	bool  delivering_event;                 /* the access is part of a delivery by the IDT */
};

#endif
