; The exit qualification 4 says that the VMCS link pointer is wrong.
; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

scenario "VM entry refuses a VMCS link pointer beyond the physical width"

        page    CODE, at=0x1000, access=r-x
        vmcs    VMCS_LINK_POINTER, value=1 << 52

        expect  invalid_guest_state, qualification=4, rip=never
        finish

guest CODE

never:  hlt
