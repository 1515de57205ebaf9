; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest SS that cannot be written"

        rule_in_part ss_type
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_SS_ACCESS_RIGHTS, value=0xc091

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
