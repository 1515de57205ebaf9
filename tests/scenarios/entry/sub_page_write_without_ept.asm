; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses sub-page write permissions without EPT"

        rule    sub_page_write_without_ept
        needs   sub_page_write
        page    CODE, at=0x1000, access=r-x
        page    TABLE, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, page=TABLE
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_ept

        expect  refused_controls
        finish

guest CODE

never:  hlt
