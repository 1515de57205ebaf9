; Without bit 61 in its entry a page has no permissions but those that the entry gives.
; SDM vol. 3, "Write Accesses That Are Eligible for Sub-Page Write Permissions".

%include "scenario.inc"

scenario "a write to a read-only page without the sub-page bit is an EPT violation"

        needs   sub_page_write
        page    CODE,  at=0x1000, access=r-x
        page    TABLE, at=0x2000, access=---
        page    DATA,  at=0x3000, access=r--
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, page=TABLE

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, rip=store
        finish

guest CODE

store:  mov     [DATA], rax
        vmcall
