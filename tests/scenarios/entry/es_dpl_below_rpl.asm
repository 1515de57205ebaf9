; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest ES whose DPL is less than its RPL"

        rule_in_part es_dpl_below_rpl
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_ES_SELECTOR, set=3

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
