; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a sub-page permission table beyond the physical width"

        needs   sub_page_write
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, value=1 << 51

        expect  refused_controls
        finish

guest CODE

never:  hlt
