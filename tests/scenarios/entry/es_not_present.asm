; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

%define SEGMENT_PRESENT 0x80

scenario "VM entry refuses a guest ES that is not present"

        rule    es_not_present
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_ES_ACCESS_RIGHTS, clear=SEGMENT_PRESENT

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
