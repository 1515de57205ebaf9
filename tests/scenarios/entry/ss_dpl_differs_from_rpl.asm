; CS is conforming, so that its DPL 0 goes with any DPL of SS.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest SS whose DPL differs from its RPL"

        rule    ss_dpl_differs_from_rpl
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CS_ACCESS_RIGHTS, value=0xa09f
        twist   vmcs GUEST_SS_ACCESS_RIGHTS, set=DPL_3

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
