; SDM vol. 3, "Checks on Guest Non-Register State": with VMCS shadowing the link pointer has to lead
; to a VMCS whose shadow-VMCS indicator is 1.

%include "scenario.inc"

scenario "VM entry fails if the link pointer leads to a VMCS that is not a shadow VMCS"

        rule_in_part vmcs_shadowing
        needs   vmcs_shadowing
        page    CODE,   at=0x1000, access=r-x
        page    SHADOW, at=0x2000, access=---
        page    ZEROS,  at=0x3000, access=---
        twist   revision SHADOW
        untwisted revision SHADOW, shadow=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMCS_LINK_POINTER, page=SHADOW
        vmcs    VMREAD_BITMAP_ADDRESS,  page=ZEROS
        vmcs    VMWRITE_BITMAP_ADDRESS, page=ZEROS

        expect  invalid_guest_state, qualification=4
        finish

guest CODE

        vmcall
