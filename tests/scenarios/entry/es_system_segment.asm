; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest ES that is a system segment"

        rule    es_system_segment
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_ES_ACCESS_RIGHTS, value=0xc083

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
