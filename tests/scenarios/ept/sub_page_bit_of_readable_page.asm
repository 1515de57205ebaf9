; The processor looks up sub-page permissions only for writes that EPT would refuse.
; SDM vol. 3, "Write Accesses That Are Eligible for Sub-Page Write Permissions".

%include "scenario.inc"

%define SUB_PAGE        (1 << 61)

scenario "neither reads nor fetches nor allowed writes ask for sub-page permissions"

        needs   sub_page_write
        page    CODE,  at=0x1000, access=r-x, entry_bits=SUB_PAGE
        page    TABLE, at=0x2000, access=---
        page    DATA,  at=0x3000, access=r--, entry_bits=SUB_PAGE
        page    OPEN,  at=0x4000, access=rw-, entry_bits=SUB_PAGE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, page=TABLE

        expect  vmcall, rax=0x77
        holds   OPEN, qword=0x77
        finish

guest CODE

        mov     rax, [DATA]
        mov     [OPEN], rax
        vmcall

contents DATA
        dq      0x77
