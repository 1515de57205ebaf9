; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a VMREAD bitmap that is not page-aligned"

        rule_in_part vmread_bitmap_misaligned
        needs   vmcs_shadowing
        page    CODE, at=0x1000, access=r-x
        page    BITMAP, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMREAD_BITMAP_ADDRESS, page=BITMAP
        vmcs    VMWRITE_BITMAP_ADDRESS, page=BITMAP
        twist   vmcs VMREAD_BITMAP_ADDRESS, set=8

        expect  refused_controls
        finish

guest CODE

never:  hlt
