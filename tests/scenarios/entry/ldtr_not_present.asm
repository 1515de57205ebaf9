; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

%define SEGMENT_PRESENT 0x80

scenario "VM entry refuses a usable guest LDTR that is not present"

        rule    ldtr_not_present
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_LDTR_ACCESS_RIGHTS, value=0x82
        twist   vmcs GUEST_LDTR_ACCESS_RIGHTS, clear=SEGMENT_PRESENT

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
