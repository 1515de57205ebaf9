; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a VMWRITE bitmap beyond the physical width"

        rule_in_part vmwrite_bitmap_beyond_width
        needs   vmcs_shadowing
        page    CODE, at=0x1000, access=r-x
        page    BITMAP, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMREAD_BITMAP_ADDRESS, page=BITMAP
        vmcs    VMWRITE_BITMAP_ADDRESS, page=BITMAP
        twist   vmcs VMWRITE_BITMAP_ADDRESS, set=1 << 52

        expect  refused_controls
        finish

guest CODE

never:  hlt
