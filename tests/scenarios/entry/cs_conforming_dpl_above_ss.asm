; The DPL of a conforming CS may be less than that of SS, but not greater.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a conforming guest CS whose DPL is greater than that of SS"

        rule    cs_conforming_dpl_above_ss
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CS_ACCESS_RIGHTS, value=0xa09f
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, set=DPL_3

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
