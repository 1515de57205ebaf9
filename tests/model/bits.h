/* bits.h -- the bits that the model reads, by position, as the SDM names them */
#ifndef BITS_H
#define BITS_H

#include "kernel/types.h"

/* SDM vol. 3, "Control Registers", "Extended Feature Enable Register", "System Flags and Fields in
 * the EFLAGS Register" */
enum {
	CR0_PE      = BIT(0),
	CR0_WP      = BIT(16),
	CR4_PSE     = BIT(4),
	CR4_PAE     = BIT(5),
	CR4_LA57    = BIT(12),
	CR4_SMEP    = BIT(20),
	CR4_SMAP    = BIT(21),
	EFER_LMA    = BIT(10),
	EFER_NXE    = BIT(11),
	RFLAGS_AC   = BIT(18),
};
#define CR0_PG BIT(31)

/* Guest paging-structure entries (SDM vol. 3, "Paging", the tables "Format of ..."). */
enum {
	PAGING_P  = BIT(0),
	PAGING_RW = BIT(1),
	PAGING_US = BIT(2),
	PAGING_A  = BIT(5),
	PAGING_D  = BIT(6),             /* leaves only */
	PAGING_PS = BIT(7),             /* a leaf above the page table */
};
#define PAGING_XD      BIT(63)
#define PAGING_ADDRESS BITS(51, 12)

/* "Page-Fault Exceptions" */
enum {
	FAULT_P    = BIT(0),
	FAULT_WR   = BIT(1),
	FAULT_US   = BIT(2),
	FAULT_RSVD = BIT(3),
	FAULT_ID   = BIT(4),
};

/* EPT paging-structure entries ("EPT Translation Mechanism"). */
enum {
	EPT_READ         = BIT(0),
	EPT_WRITE        = BIT(1),
	EPT_EXECUTE      = BIT(2),      /* supervisor-mode only, with mode-based execute control */
	EPT_MEMORY_TYPE  = BITS(5, 3),  /* leaves only */
	EPT_IGNORE_PAT   = BIT(6),      /* leaves only */
	EPT_LARGE        = BIT(7),      /* a leaf above the page table */
	EPT_ACCESSED     = BIT(8),
	EPT_DIRTY        = BIT(9),      /* leaves only */
	EPT_USER_EXECUTE = BIT(10),     /* with mode-based execute control only */
};
#define EPT_ADDRESS        BITS(51, 12)
#define EPT_SUB_PAGE_WRITE BIT(61)
#define EPT_SUPPRESS_VE    BIT(63)

/* Levels count from the page table upwards. */
enum ept_level { EPT_PT = 1, EPT_PD, EPT_PDPT, EPT_PML4, EPT_PML5 };

/* "Extended-Page-Table Pointer (EPTP)" */
enum {
	EPTP_WALK_LENGTH    = BITS(5, 3),       /* one less than the number of levels */
	EPTP_ACCESSED_DIRTY = BIT(6),
};

/* Table "Exit Qualification for EPT Violations". */
enum {
	VIOLATION_READ               = BIT(0),
	VIOLATION_WRITE              = BIT(1),
	VIOLATION_FETCH              = BIT(2),
	VIOLATION_READABLE           = BIT(3),
	VIOLATION_WRITABLE           = BIT(4),
	VIOLATION_EXECUTABLE         = BIT(5),
	VIOLATION_USER_EXECUTABLE    = BIT(6),
	VIOLATION_LINEAR_VALID       = BIT(7),
	VIOLATION_LINEAR_TRANSLATION = BIT(8),  /* not an access to a guest paging structure */
	VIOLATION_USER_ADDRESS       = BIT(9),  /* 9 to 11: "advanced VM-exit information" */
	VIOLATION_READ_WRITE_PAGE    = BIT(10),
	VIOLATION_EXECUTE_DISABLE    = BIT(11),
	VIOLATION_ADVANCED           = BITS(11, 9),
	VIOLATION_NMI_UNBLOCKING     = BIT(12),
	VIOLATION_SHADOW_STACK_PAGE  = BIT(14),
};

/* Sub-page permission table ("Sub-Page Write Permissions"), and the exit qualification of an
 * SPP-related event. */
enum {
	SPPT_VALID = BIT(0),
	SPP_MISS   = BIT(11),           /* 0: SPP misconfiguration */
};
#define SPPT_ADDRESS BITS(51, 12)

#endif
