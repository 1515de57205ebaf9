; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest ES that has not been accessed"

        rule    es_not_accessed
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_ES_ACCESS_RIGHTS, value=0xc092

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
