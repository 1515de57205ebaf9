; With accessed and dirty flags for EPT, reading a guest paging-structure entry counts as a write,
; and is logged as one: for the first fetch of the PML4, the PDPT and the page directory.
; SDM vol. 3, "Accessed and Dirty Flags for EPT"; "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)
%define TABLE           0x23            ; present, writable, accessed
%define MAPPED          0xe3            ; and dirty, 2 MiB

scenario "page-modification logging logs the guest paging structures that a walk reads"

        needs   page_modification_log, accessed_dirty
        page    CODE,   at=0x1000,  access=r-x
        page    LOG,    at=0x2000,  access=---
        page    TABLES, at=0x10000, access=rw-, size=3 * PAGE_SIZE
        set     cr3, TABLES
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511

        expect  vmcall, PML_INDEX=508
        holds   LOG + 8 * 511, qword=TABLES
        holds   LOG + 8 * 510, qword=TABLES + 0x1000
        holds   LOG + 8 * 509, qword=TABLES + 0x2000
        finish

guest CODE

        vmcall

contents TABLES

        dq      TABLES + 0x1000 + TABLE
        times 511 dq 0
        dq      TABLES + 0x2000 + TABLE
        times 511 dq 0
        dq      0 + MAPPED
