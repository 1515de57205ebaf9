; Bits 11:0 of an address in the log are always 0.
; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "page-modification logging logs the page, not the byte that was written"

        needs   page_modification_log, accessed_dirty
        page    CODE, at=0x1000, access=r-x
        page    LOG,  at=0x2000, access=---
        page    DATA, at=0x4000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511
        skip

        expect  vmcall, PML_INDEX=510
        holds   LOG + 8 * 511, qword=DATA
        finish

guest CODE

        vmcall
        mov     [DATA + 0x678], rax
        vmcall
