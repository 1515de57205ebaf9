; Only an access that changes a dirty flag from 0 to 1 is logged.  Reads and further writes are not.
; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "page-modification logging logs neither reads nor writes to pages that are dirty already"

        needs   page_modification_log, accessed_dirty
        page    CODE,  at=0x1000, access=r-x
        page    LOG,   at=0x2000, access=---
        page    DIRTY, at=0x4000, access=rw-
        page    CLEAN, at=0x5000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        flags   DIRTY, accessed|dirty
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511
        skip

        expect  vmcall, PML_INDEX=511
        flags   CLEAN, accessed
        holds   LOG + 8 * 511, qword=0
        finish

guest CODE

        mov     [DIRTY], rax
        vmcall
        mov     [DIRTY], rax
        mov     rax, [CLEAN]
        vmcall
