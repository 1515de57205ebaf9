; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the HLT state for a guest at privilege level 3"

        rule_in_part hlt_with_dpl
        needs   activity_hlt
        page    CODE, at=0x1000, access=r-x
        user_mode
        twist   vmcs GUEST_ACTIVITY_STATE, value=1

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
