; The processor looks at the index only when it has to set an accessed or dirty flag.
; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "a full page-modification log does not stop accesses that set no flag"

        needs   page_modification_log, accessed_dirty, invept
        page    CODE, at=0x1000, access=r-x
        page    LOG,  at=0x2000, access=---
        page    DATA, at=0x4000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        flags   DATA, accessed|dirty
        invept
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=0xffff
        skip

        expect  vmcall, rip=done, PML_INDEX=0xffff
        finish

guest CODE

        mov     [DATA], rax
        vmcall
        mov     [DATA], rax
done:   vmcall
