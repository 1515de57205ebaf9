; Only pages of 4 KiB have sub-page permissions.
; SDM vol. 3, "Write Accesses That Are Eligible for Sub-Page Write Permissions".

%include "scenario.inc"

%define SUB_PAGE        (1 << 61)

scenario "a write to a read-only 2 MiB page is an EPT violation, whatever its sub-page bit"

        needs   sub_page_write
        page    CODE,  at=0x1000,   access=r-x
        page    TABLE, at=0x2000,   access=---
        page    DATA,  at=0x400000, access=r--, level=pd, entry_bits=SUB_PAGE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, page=TABLE

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, rip=store
        finish

guest CODE

store:  mov     [DATA], rax
        vmcall
