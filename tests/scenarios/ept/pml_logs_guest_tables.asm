; With accessed and dirty flags for EPT, a read of a guest paging-structure entry counts as a write
; and is logged as one.  The first fetch reads the PML4, the PDPT and the first page directory.
; SDM vol. 3, "Accessed and Dirty Flags for EPT"; "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "page-modification logging logs the guest paging structures that a walk reads"

        needs   page_modification_log, accessed_dirty
        page    CODE, at=0x1000, access=r-x
        page    LOG,  at=0x2000, access=---
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511

        expect  vmcall, PML_INDEX=508
        holds   LOG + 8 * 511, qword=ENGINE_START
        holds   LOG + 8 * 510, qword=ENGINE_START + PAGE_SIZE
        holds   LOG + 8 * 509, qword=ENGINE_START + 2 * PAGE_SIZE
        finish

guest CODE

        vmcall
