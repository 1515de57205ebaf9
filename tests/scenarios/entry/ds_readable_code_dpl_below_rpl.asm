; Of code segments only those that conform may have another privilege level than the selector's.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

%define READABLE_CODE   0xc09b                  ; type 11: present, DPL 0

scenario "VM entry refuses readable code in DS whose DPL is less than its RPL"

        rule_in_part ds_dpl_below_rpl
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_DS_ACCESS_RIGHTS, value=READABLE_CODE
        twist   vmcs GUEST_DS_SELECTOR, set=3

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
