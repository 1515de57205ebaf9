; The RPL of CS is 3 and that of SS 0, as is the DPL of SS, which must not differ from it.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest SS whose RPL differs from that of CS"

        rule    ss_rpl_differs_from_cs
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_SELECTOR, set=3

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
