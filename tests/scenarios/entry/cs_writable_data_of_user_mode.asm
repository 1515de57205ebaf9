; An unrestricted guest may have such a CS, which is data, if the DPLs of CS and SS are 0.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest CS of type 3 with a DPL other than 0"

        rule_in_part cs_type_3_with_dpl, ss_dpl_with_cs_of_type_3
        needs   unrestricted_guest
        page    CODE, at=0x1000, access=r-x
        user_mode
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_unrestricted_guest
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, value=0xa0f3

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
