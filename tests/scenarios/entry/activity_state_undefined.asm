; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

scenario "VM entry refuses a guest activity state that is not defined"

        rule_in_part activity_state_undefined
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_ACTIVITY_STATE, value=4

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
