; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a sub-page permission table beyond the physical width"

        rule_in_part sub_page_table_beyond_width
        needs   sub_page_write
        page    CODE, at=0x1000, access=r-x
        page    TABLE, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, page=TABLE
        twist   vmcs SUB_PAGE_PERMISSION_TABLE_POINTER, set=1 << 51

        expect  refused_controls
        finish

guest CODE

never:  hlt
