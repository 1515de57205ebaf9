; The write that sets a dirty flag leaves the page's address in the log, which fills from its end.
; The guest's first VMCALL runs before logging is on, so its paging structures are dirty already.
; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "with page-modification logging the write that makes a page dirty is logged"

        needs   page_modification_log, accessed_dirty
        page    CODE, at=0x1000, access=r-x
        page    LOG,  at=0x2000, access=---
        page    DATA, at=0x4000, access=rw-, size=2 * PAGE_SIZE
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511
        skip

        expect  vmcall, PML_INDEX=509
        holds   LOG + 8 * 511, qword=DATA + PAGE_SIZE
        holds   LOG + 8 * 510, qword=DATA
        holds   LOG + 8 * 509, qword=0
        finish

guest CODE

        vmcall
        mov     [DATA + PAGE_SIZE], rax
        mov     [DATA], rax
        vmcall
