; Both segments have DPL 0.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest SS whose RPL differs from that of CS"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_SS_SELECTOR, value=0x13

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
