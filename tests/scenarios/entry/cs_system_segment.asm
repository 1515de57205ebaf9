; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS that is a system segment"

        rule    cs_system_segment
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, value=0xa08b

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
