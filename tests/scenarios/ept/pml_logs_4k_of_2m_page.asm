; Each entry of the log is an address with bits 11:0 at 0, whatever the size of the page is.
; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "page-modification logging logs which 4 KiB of a 2 MiB page were written"

        needs   page_modification_log, accessed_dirty
        page    CODE, at=0x1000, access=r-x
        page    LOG,  at=0x2000, access=---
        page    DATA, at=LARGE_PAGE_SIZE, access=rw-, level=pd
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511
        skip

        expect  vmcall, PML_INDEX=510
        holds   LOG + 8 * 511, qword=DATA + 0x5000
        finish

guest CODE

        vmcall
        mov     [DATA + 0x5000], rax
        vmcall
