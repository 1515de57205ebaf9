; The RPLs of both are 0, as is the DPL of SS, which must not differ from them.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest CS that is not conforming and whose DPL differs from that of SS"

        rule    cs_nonconforming_dpl_differs_from_ss
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, set=DPL_3

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
