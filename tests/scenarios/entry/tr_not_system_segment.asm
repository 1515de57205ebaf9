; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest TR that is no system segment"

        rule    tr_not_system_segment
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_TR_ACCESS_RIGHTS, set=1 << 4

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
