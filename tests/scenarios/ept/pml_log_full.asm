; After entry 0 is used, the index is 0xffff.  The next write that would set a dirty flag exits
; then, before it writes anything and before it sets a flag.
; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "a write that finds the page-modification log full exits, and is done once there is room"

        needs   page_modification_log, accessed_dirty
        page    CODE,   at=0x1000, access=r-x
        page    LOG,    at=0x2000, access=---
        page    FIRST,  at=0x4000, access=rw-
        page    SECOND, at=0x5000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=0
        skip

        expect  pml_full, rip=full, PML_INDEX=0xffff
        holds   LOG, qword=FIRST
        holds   SECOND, dword=0
        flags   SECOND, none|accessed?
        vmcs    PML_INDEX, value=511
        resume

        expect  vmcall, PML_INDEX=510
        holds   LOG + 8 * 511, qword=SECOND
        holds   SECOND, dword=2
        finish

guest CODE

        vmcall
        mov     dword [FIRST], 1
full:   mov     dword [SECOND], 2
        vmcall
