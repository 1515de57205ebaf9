; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS whose accessed flag is 0"

        rule_in_part cs_type
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, value=0xa09a

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
