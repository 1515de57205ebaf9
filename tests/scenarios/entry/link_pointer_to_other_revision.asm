; The exit qualification 4 says that the VMCS link pointer is wrong.
; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

scenario "VM entry refuses a VMCS link pointer to a region of another revision"

        rule    link_pointer_to_other_revision
        page    CODE,   at=0x1000, access=r-x
        page    LINKED, at=0x2000, access=---
        vmcs    VMCS_LINK_POINTER, page=LINKED
        revision LINKED
        twist   revision LINKED, flip=1

        expect  invalid_guest_state, qualification=4, rip=never
        otherwise hlt, rip=never
        finish

guest CODE

never:  hlt
