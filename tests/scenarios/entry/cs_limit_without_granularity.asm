; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS with a limit above 1 MiB that counts bytes"

        rule    cs_limit_high_without_granularity
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, value=0x209b

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
