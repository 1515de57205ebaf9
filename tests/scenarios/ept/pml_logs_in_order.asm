; The log is filled from its end: entry 511 is the first.
; SDM vol. 3, "Page-Modification Logging".

%include "scenario.inc"
%include "guest.inc"

scenario "page-modification logging logs a working set in the order in which it becomes dirty"

        needs   page_modification_log, accessed_dirty, invept
        page    CODE, at=0x1000,  access=r-x
        page    LOG,  at=0x2000,  access=---
        page    WORK, at=0x10000, access=rw-, size=4 * PAGE_SIZE
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_INDEX, value=511
        skip

        expect  vmcall, PML_INDEX=508
        holds   LOG + 8 * 511, qword=WORK + 2 * PAGE_SIZE
        holds   LOG + 8 * 510, qword=WORK
        holds   LOG + 8 * 509, qword=WORK + 3 * PAGE_SIZE
        holds   LOG + 8 * 508, qword=0
        clear_flags WORK
        invept
        skip

        expect  vmcall, PML_INDEX=507
        holds   LOG + 8 * 508, qword=WORK + 3 * PAGE_SIZE
        finish

guest CODE

        vmcall
        mov     byte [WORK + 2 * PAGE_SIZE], 1
        mov     byte [WORK], 1
        mov     byte [WORK + 3 * PAGE_SIZE], 1
        mov     byte [WORK], 2
        vmcall
        mov     byte [WORK + 3 * PAGE_SIZE], 2
        vmcall
