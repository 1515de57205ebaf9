; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS that is not present"

        rule    cs_not_present
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, value=0xa01b

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
