; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest TR with a limit above 1 MiB that counts bytes"

        rule_in_part tr_limit_high_without_granularity
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_TR_LIMIT, value=0x100067

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
