; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest LDTR that is usable and no local descriptor table"

        rule_in_part ldtr_type
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_LDTR_ACCESS_RIGHTS, value=0x82
        twist   vmcs GUEST_LDTR_ACCESS_RIGHTS, value=0x89

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
