; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest TR in the local descriptor table"

        rule    tr_in_local_table
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_TR_SELECTOR, value=0x1c

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
