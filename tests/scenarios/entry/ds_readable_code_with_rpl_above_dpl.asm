; Readable code that is not conforming has the types 10 and 11, to which the check of data segments
; applies as well.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses readable code in DS whose RPL is above its DPL"

        rule_in_part ds_dpl_below_rpl
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_DS_ACCESS_RIGHTS, value=0xc09b
        twist   vmcs GUEST_DS_SELECTOR, value=0x13

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
