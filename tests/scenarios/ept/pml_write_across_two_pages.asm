; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"
%include "guest.inc"

scenario "a write across two pages is logged twice"

        needs   page_modification_log, accessed_dirty
        page    CODE,   at=0x1000, access=r-x
        page    LOG,    at=0x2000, access=---
        page    FIRST,  at=0x4000, access=rw-
        page    SECOND, at=0x5000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511
        skip

        expect  vmcall, PML_INDEX=509
        flags   FIRST,  accessed|dirty
        flags   SECOND, accessed|dirty
        finish

guest CODE

        vmcall
        mov     [FIRST + 0xffc], rax
        vmcall
